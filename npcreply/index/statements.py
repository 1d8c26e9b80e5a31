"""The index's SQL, written by `python -m npcreply.index.queries`: not to be edited."""

from __future__ import annotations

CREATED = (
    """CREATE TABLE meta (
	workspace VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	PRIMARY KEY (workspace, name)
)""",
    """CREATE TABLE file (
	workspace VARCHAR NOT NULL,
	path VARCHAR NOT NULL,
	size BIGINT NOT NULL,
	mtime_ns BIGINT NOT NULL,
	ctime_ns BIGINT NOT NULL,
	inode VARCHAR NOT NULL,
	digest VARCHAR NOT NULL,
	readable BOOLEAN NOT NULL,
	language VARCHAR NOT NULL,
	findings VARCHAR NOT NULL,
	checksum BIGINT NOT NULL,
	PRIMARY KEY (workspace, path)
)
 WITHOUT ROWID""",
    """CREATE TABLE reply (
	workspace VARCHAR NOT NULL,
	path VARCHAR NOT NULL,
	id VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	year INTEGER NOT NULL,
	number VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	settled_on INTEGER NOT NULL,
	place VARCHAR NOT NULL,
	known_by INTEGER NOT NULL,
	line BLOB NOT NULL,
	measures BLOB NOT NULL,
	PRIMARY KEY (workspace, path)
)""",
    """CREATE TABLE promise (
	workspace VARCHAR NOT NULL,
	path VARCHAR NOT NULL,
	item INTEGER NOT NULL,
	undated BOOLEAN NOT NULL,
	first_deadline INTEGER,
	closed_on INTEGER,
	repeats BOOLEAN NOT NULL,
	known_by INTEGER NOT NULL,
	met BOOLEAN,
	due INTEGER,
	watch INTEGER,
	force VARCHAR NOT NULL,
	departments VARCHAR NOT NULL,
	carried_from VARCHAR,
	words BIGINT NOT NULL,
	alike VARCHAR,
	PRIMARY KEY (workspace, path, item)
)
 WITHOUT ROWID""",
    """CREATE INDEX reply_id ON reply (workspace, id)""",
    """CREATE INDEX reply_known ON reply (workspace, known_by)""",
    """CREATE INDEX reply_settled ON reply (workspace, settled_on)""",
    """CREATE INDEX promise_ahead ON promise (workspace, due, known_by, watch, met, force) WHERE met IS NOT NULL""",
    """CREATE INDEX promise_alike ON promise (workspace, alike) WHERE alike IS NOT NULL""",
    """CREATE INDEX promise_watch ON promise (workspace, watch) WHERE watch IS NOT NULL""",
)

STATEMENTS = {
    "made_with": """SELECT meta.name, meta.value
FROM meta
WHERE meta.workspace = :workspace""",
    "stored": """SELECT file.path, file.size, file.mtime_ns, file.ctime_ns, file.inode, file.digest
FROM file
WHERE file.workspace = :workspace""",
    "restamp": """UPDATE file SET size=:new_size, mtime_ns=:new_mtime_ns, ctime_ns=:new_ctime_ns, inode=:new_inode WHERE file.workspace = :workspace AND file.path = :path""",
    "guarded_file": """SELECT file.path, file.checksum, file.digest, file.readable, file.language, file.findings
FROM file
WHERE file.workspace = :workspace ORDER BY file.path""",
    "guarded_reply": """SELECT reply.path, reply.id, reply.kind, reply.year, reply.number, reply.title, reply.settled_on, reply.place, reply.known_by, reply.line, reply.measures
FROM reply
WHERE reply.workspace = :workspace ORDER BY reply.path""",
    "guarded_promise": """SELECT promise.path, promise.item, promise.undated, promise.first_deadline, promise.closed_on, promise.repeats, promise.known_by, promise.met, promise.due, promise.watch, promise.force, promise.departments, promise.carried_from, promise.words, promise.alike
FROM promise
WHERE promise.workspace = :workspace ORDER BY promise.path, promise.item""",
    "replies": """SELECT reply.line, reply.title
FROM reply
WHERE reply.workspace = :workspace AND (:reply = '' OR reply.id = :reply) AND (:years = '' OR :years LIKE ('%|' || CAST(reply.year AS VARCHAR) || '|%')) AND (:kinds = '' OR :kinds LIKE ('%|' || reply.kind || '|%')) ORDER BY reply.year DESC, reply.place, reply.path""",
    "owing": """SELECT reply.line, reply.title
FROM reply
WHERE reply.workspace = :workspace AND reply.settled_on > :day AND (:reply = '' OR reply.id = :reply) AND (:years = '' OR :years LIKE ('%|' || CAST(reply.year AS VARCHAR) || '|%')) AND (:kinds = '' OR :kinds LIKE ('%|' || reply.kind || '|%')) ORDER BY reply.year DESC, reply.place, reply.path""",
    "promises": """SELECT reply.line, reply.title, reply.measures, promise.item, promise.departments
FROM promise JOIN reply ON reply.workspace = promise.workspace AND reply.path = promise.path
WHERE promise.workspace = :workspace AND (:day = 0 OR promise.closed_on IS NULL OR promise.closed_on > :day) AND (:until = 0 OR promise.first_deadline <= :until OR promise.repeats IS 1) AND (:undated = '' OR promise.undated IS 1) AND (:carried = '' OR promise.carried_from IS NOT NULL) AND (:forces = '' OR :forces LIKE ('%|' || promise.force || '|%')) AND (:reply = '' OR reply.id = :reply) AND (:years = '' OR :years LIKE ('%|' || CAST(reply.year AS VARCHAR) || '|%')) AND (:kinds = '' OR :kinds LIKE ('%|' || reply.kind || '|%')) ORDER BY reply.year DESC, reply.place, promise.path, promise.item""",
    "of_reply": """SELECT reply.line, reply.title, reply.measures, promise.item, promise.departments
FROM promise JOIN reply ON reply.workspace = promise.workspace AND reply.path = promise.path
WHERE promise.workspace = :workspace AND reply.id = :reply AND (:forces = '' OR :forces LIKE ('%|' || promise.force || '|%')) AND (:reply = '' OR reply.id = :reply) AND (:years = '' OR :years LIKE ('%|' || CAST(reply.year AS VARCHAR) || '|%')) AND (:kinds = '' OR :kinds LIKE ('%|' || reply.kind || '|%')) ORDER BY reply.year DESC, reply.place, promise.path, promise.item""",
    "stirring": """SELECT reply.line, reply.title, reply.measures, promise.item, promise.departments
FROM promise JOIN reply ON reply.workspace = promise.workspace AND reply.path = promise.path
WHERE promise.workspace = :workspace AND (:day = 0 OR promise.closed_on IS NULL OR promise.closed_on > :day) AND reply.known_by > :known AND promise.known_by > :known AND (promise.first_deadline <= :until OR promise.undated IS 1 OR promise.repeats IS 1) AND (:forces = '' OR :forces LIKE ('%|' || promise.force || '|%')) AND (:reply = '' OR reply.id = :reply) AND (:years = '' OR :years LIKE ('%|' || CAST(reply.year AS VARCHAR) || '|%')) AND (:kinds = '' OR :kinds LIKE ('%|' || reply.kind || '|%')) ORDER BY reply.year DESC, reply.place, promise.path, promise.item""",
    "passed": """SELECT reply.line, reply.title, reply.measures, promise.item, promise.departments
FROM promise JOIN reply ON reply.workspace = promise.workspace AND reply.path = promise.path
WHERE promise.workspace = :workspace AND promise.met IS NOT NULL AND promise.known_by <= :known AND promise.due < :today AND (:forces = '' OR :forces LIKE ('%|' || promise.force || '|%')) AND (:reply = '' OR reply.id = :reply) AND (:years = '' OR :years LIKE ('%|' || CAST(reply.year AS VARCHAR) || '|%')) AND (:kinds = '' OR :kinds LIKE ('%|' || reply.kind || '|%')) ORDER BY reply.year DESC, reply.place, promise.path, promise.item""",
    "reporting": """SELECT reply.line, reply.title, reply.measures, promise.item, promise.departments
FROM promise JOIN reply ON reply.workspace = promise.workspace AND reply.path = promise.path
WHERE promise.workspace = :workspace AND promise.met IS NOT NULL AND promise.known_by <= :known AND promise.watch <= :until AND (promise.due IS NULL OR promise.due >= :today) AND (:forces = '' OR :forces LIKE ('%|' || promise.force || '|%')) AND (:reply = '' OR reply.id = :reply) AND (:years = '' OR :years LIKE ('%|' || CAST(reply.year AS VARCHAR) || '|%')) AND (:kinds = '' OR :kinds LIKE ('%|' || reply.kind || '|%')) ORDER BY reply.year DESC, reply.place, promise.path, promise.item""",
    "ahead": """SELECT reply.line, reply.title, reply.measures, promise.item, promise.departments
FROM promise JOIN reply ON reply.workspace = promise.workspace AND reply.path = promise.path
WHERE promise.workspace = :workspace AND promise.met IS NOT NULL AND promise.known_by <= :known AND (promise.due IS NULL OR promise.due >= :today AND promise.due <= :until) AND (promise.watch IS NULL OR promise.watch > :until) AND (:forces = '' OR :forces LIKE ('%|' || promise.force || '|%')) AND (:reply = '' OR reply.id = :reply) AND (:years = '' OR :years LIKE ('%|' || CAST(reply.year AS VARCHAR) || '|%')) AND (:kinds = '' OR :kinds LIKE ('%|' || reply.kind || '|%')) ORDER BY reply.year DESC, reply.place, promise.path, promise.item""",
    "ahead_counts": """SELECT promise.due, promise.met, promise.force, count(*) AS count_1
FROM promise
WHERE promise.workspace = :workspace AND promise.met IS NOT NULL AND promise.known_by <= :known AND (promise.due IS NULL OR promise.due >= :today AND promise.due <= :until) AND (promise.watch IS NULL OR promise.watch > :until) GROUP BY promise.due, promise.met, promise.force""",
    "numbers": """SELECT reply.id, reply.year, reply.number, reply.title
FROM reply
WHERE reply.workspace = :workspace ORDER BY reply.year DESC, reply.place, reply.path""",
    "begun": """SELECT reply.id, reply.year, reply.number, reply.title
FROM reply
WHERE reply.workspace = :workspace AND (substr(reply.id, 1, length(:head)) = :head OR substr(reply.number, 1, length(:head)) = :head) ORDER BY reply.year DESC, reply.place, reply.path""",
    "promises_begun": """SELECT reply.id, reply.number, reply.measures
FROM reply
WHERE reply.workspace = :workspace AND (substr(reply.id || '.', 1, length(:head)) = :head OR substr(reply.number || '.', 1, length(:head)) = :head) ORDER BY reply.year DESC, reply.place, reply.path""",
    "departments": """SELECT DISTINCT promise.departments
FROM promise
WHERE promise.workspace = :workspace""",
    "said": """SELECT reply.id, reply.measures, promise.item
FROM promise JOIN reply ON reply.workspace = promise.workspace AND reply.path = promise.path
WHERE promise.workspace = :workspace AND promise.words = :words ORDER BY promise.path DESC, promise.item""",
    "texts": """SELECT reply.id, reply.year, reply.measures, promise.item, promise.departments
FROM promise JOIN reply ON reply.workspace = promise.workspace AND reply.path = promise.path
WHERE promise.workspace = :workspace ORDER BY reply.year, reply.place, promise.path, promise.item""",
    "texts_at": """SELECT reply.id, reply.year, reply.measures, promise.item, promise.departments
FROM promise JOIN reply ON reply.workspace = promise.workspace AND reply.path = promise.path
WHERE promise.workspace = :workspace AND promise.path = :path ORDER BY reply.year, reply.place, promise.path, promise.item""",
    "marked": """SELECT promise.path, promise.item, reply.year, promise.alike
FROM promise JOIN reply ON reply.workspace = promise.workspace AND reply.path = promise.path
WHERE promise.workspace = :workspace AND promise.alike IS NOT NULL AND (promise.alike LIKE :key_0 OR promise.alike LIKE :key_1 OR promise.alike LIKE :key_2 OR promise.alike LIKE :key_3 OR promise.alike LIKE :key_4 OR promise.alike LIKE :key_5 OR promise.alike LIKE :key_6 OR promise.alike LIKE :key_7 OR promise.alike LIKE :key_8 OR promise.alike LIKE :key_9 OR promise.alike LIKE :key_10 OR promise.alike LIKE :key_11 OR promise.alike LIKE :key_12 OR promise.alike LIKE :key_13 OR promise.alike LIKE :key_14 OR promise.alike LIKE :key_15)""",
    "alike_at": """SELECT reply.measures, promise.item, promise.alike
FROM promise JOIN reply ON reply.workspace = promise.workspace AND reply.path = promise.path
WHERE promise.workspace = :workspace AND promise.path = :path""",
    "unreadable": """SELECT file.path, file.language, file.findings
FROM file
WHERE file.workspace = :workspace AND file.readable IS 0 ORDER BY file.path""",
    "counts": """SELECT (SELECT count(*) AS count_1
FROM file
WHERE file.workspace = :workspace) AS anon_1, (SELECT count(*) AS count_2
FROM reply
WHERE reply.workspace = :workspace) AS anon_2, (SELECT count(*) AS count_3
FROM promise
WHERE promise.workspace = :workspace) AS anon_3, (SELECT count(*) AS count_4
FROM file
WHERE file.workspace = :workspace AND file.readable IS 0) AS anon_4""",
    "keep_meta": """INSERT INTO meta (workspace, name, value) VALUES (:workspace, :name, :value)""",
    "keep_file": """INSERT INTO file (workspace, path, size, mtime_ns, ctime_ns, inode, digest, readable, language, findings, checksum) VALUES (:workspace, :path, :size, :mtime_ns, :ctime_ns, :inode, :digest, :readable, :language, :findings, :checksum)""",
    "keep_reply": """INSERT INTO reply (workspace, path, id, kind, year, number, title, settled_on, place, known_by, line, measures) VALUES (:workspace, :path, :id, :kind, :year, :number, :title, :settled_on, :place, :known_by, :line, :measures)""",
    "keep_promise": """INSERT INTO promise (workspace, path, item, undated, first_deadline, closed_on, repeats, known_by, met, due, watch, force, departments, carried_from, words, alike) VALUES (:workspace, :path, :item, :undated, :first_deadline, :closed_on, :repeats, :known_by, :met, :due, :watch, :force, :departments, :carried_from, :words, :alike)""",
    "forget_file": """DELETE FROM file WHERE file.workspace = :workspace AND file.path = :path""",
    "forget_reply": """DELETE FROM reply WHERE reply.workspace = :workspace AND reply.path = :path""",
    "forget_promise": """DELETE FROM promise WHERE promise.workspace = :workspace AND promise.path = :path""",
}
