-- One server more that is read from here through postgres_fdw, after `npcreply sync --sql gathered`:
--   psql -d npcreply -v server=yueqing -v host=10.1.2.3 -v port=5432 -v dbname=npcreply \
--        -v local=city_office -v remote=city_office -v workspaces="'yueqing','dongtou'" -f server.sql
-- `workspaces` are the ids that are pushed to that server, `local` a role here, `remote` its name
-- there. The password of `remote` stands nowhere here: it is asked for by that server and belongs
-- into the user mapping (ALTER USER MAPPING … OPTIONS (ADD password '…')).
CREATE SERVER :"server" FOREIGN DATA WRAPPER postgres_fdw
  OPTIONS (host :'host', port :'port', dbname :'dbname', fetch_size '10000');
CREATE USER MAPPING FOR :"local" SERVER :"server" OPTIONS (user :'remote');
SELECT format('CREATE FOREIGN TABLE npcreply.%I PARTITION OF npcreply.%I FOR VALUES IN (%s)'
              ' SERVER %I OPTIONS (schema_name ''npcreply'', table_name %L)',
              part || '_' || :'server', part, :'workspaces', :'server', part)
FROM unnest(ARRAY['meta', 'file', 'reply', 'promise', 'member']) AS part \gexec
