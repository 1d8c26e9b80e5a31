-- Who may do what in the shared database of npcreply. Run it as the owner of the tables, after
-- `npcreply sync --sql tables`; run again it changes nothing.
--
-- Then, for a clerk who pushes the workspace yueqing, and for somebody who reads all of them:
--   CREATE ROLE yueqing_clerk LOGIN IN ROLE npcreply_writer;
--   INSERT INTO npcreply.member (workspace, role) VALUES ('yueqing', 'yueqing_clerk');
--   CREATE ROLE city_office LOGIN IN ROLE npcreply_reader;
DO $$ BEGIN CREATE ROLE npcreply_writer NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE npcreply_reader NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;

REVOKE ALL ON SCHEMA npcreply FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA npcreply FROM PUBLIC;
GRANT USAGE ON SCHEMA npcreply TO npcreply_writer, npcreply_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA npcreply TO npcreply_writer, npcreply_reader;
GRANT INSERT, UPDATE, DELETE ON npcreply.meta, npcreply.file, npcreply.reply, npcreply.promise
  TO npcreply_writer;

ALTER TABLE npcreply.meta ENABLE ROW LEVEL SECURITY;
ALTER TABLE npcreply.file ENABLE ROW LEVEL SECURITY;
ALTER TABLE npcreply.reply ENABLE ROW LEVEL SECURITY;
ALTER TABLE npcreply.promise ENABLE ROW LEVEL SECURITY;
ALTER TABLE npcreply.member ENABLE ROW LEVEL SECURITY;

-- A writer reads and writes the workspaces that the table of members gives it, nothing else.
DROP POLICY IF EXISTS own ON npcreply.meta;
DROP POLICY IF EXISTS own ON npcreply.file;
DROP POLICY IF EXISTS own ON npcreply.reply;
DROP POLICY IF EXISTS own ON npcreply.promise;
DROP POLICY IF EXISTS own ON npcreply.member;
CREATE POLICY own ON npcreply.meta TO npcreply_writer
  USING (workspace IN (SELECT m.workspace FROM npcreply.member m WHERE m.role = current_user));
CREATE POLICY own ON npcreply.file TO npcreply_writer
  USING (workspace IN (SELECT m.workspace FROM npcreply.member m WHERE m.role = current_user));
CREATE POLICY own ON npcreply.reply TO npcreply_writer
  USING (workspace IN (SELECT m.workspace FROM npcreply.member m WHERE m.role = current_user));
CREATE POLICY own ON npcreply.promise TO npcreply_writer
  USING (workspace IN (SELECT m.workspace FROM npcreply.member m WHERE m.role = current_user));
CREATE POLICY own ON npcreply.member FOR SELECT TO npcreply_writer USING (role = current_user);

-- Which version the tables have, and which workspace goes by which id, everybody may know: a
-- workspace whose id was changed at home is found by it.
DROP POLICY IF EXISTS known ON npcreply.meta;
CREATE POLICY known ON npcreply.meta FOR SELECT TO npcreply_writer
  USING (name IN ('tables', 'uid', 'synced'));

-- A reader reads everything and writes nothing.
DROP POLICY IF EXISTS every ON npcreply.meta;
DROP POLICY IF EXISTS every ON npcreply.file;
DROP POLICY IF EXISTS every ON npcreply.reply;
DROP POLICY IF EXISTS every ON npcreply.promise;
DROP POLICY IF EXISTS every ON npcreply.member;
CREATE POLICY every ON npcreply.meta FOR SELECT TO npcreply_reader USING (true);
CREATE POLICY every ON npcreply.file FOR SELECT TO npcreply_reader USING (true);
CREATE POLICY every ON npcreply.reply FOR SELECT TO npcreply_reader USING (true);
CREATE POLICY every ON npcreply.promise FOR SELECT TO npcreply_reader USING (true);
CREATE POLICY every ON npcreply.member FOR SELECT TO npcreply_reader USING (true);
