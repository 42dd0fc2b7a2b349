"""What everything is searched by: the plain words of each record, with an index over them of the kind that each database has."""

from peewee import BigAutoField, BigIntegerField, BinaryUUIDField, BooleanField, ForeignKeyField, Model, SqliteDatabase, TextField

SQLITE = (
    """
    CREATE VIRTUAL TABLE search_word USING fts5(
        words, content = 'search_entry', content_rowid = 'id', tokenize = 'ascii', detail = 'none', columnsize = 0
    )
    """,
    """
    CREATE TRIGGER search_entry_comes AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_word (rowid, words) VALUES (new.id, new.words);
    END
    """,
    """
    CREATE TRIGGER search_entry_goes AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_word (search_word, rowid, words) VALUES ('delete', old.id, old.words);
    END
    """,
    """
    CREATE TRIGGER search_entry_changes AFTER UPDATE OF id, words ON search_entry BEGIN
        INSERT INTO search_word (search_word, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO search_word (rowid, words) VALUES (new.id, new.words);
    END
    """,
)
POSTGRESQL = (
    "CREATE TABLE search_word (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
    "CREATE INDEX search_word_words ON search_word USING gin (words)",
    """
    CREATE FUNCTION search_entry_moves() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            TRUNCATE search_word;
            RETURN NULL;
        END IF;
        IF TG_OP <> 'INSERT' THEN
            DELETE FROM search_word WHERE rowid = OLD.id;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            INSERT INTO search_word VALUES (NEW.id, array_to_tsvector(string_to_array(NEW.words, ' ')));
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER search_entry_moves AFTER INSERT OR DELETE OR UPDATE OF id, words ON search_entry
        FOR EACH ROW EXECUTE FUNCTION search_entry_moves()
    """,
    "CREATE TRIGGER search_entry_emptied AFTER TRUNCATE ON search_entry FOR EACH STATEMENT EXECUTE FUNCTION search_entry_moves()",
)


def up(migrator, db):
    """Make the tables, empty: the program fills them when it is started."""

    class School(Model):
        id = BinaryUUIDField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False

    class SearchEntry(Model):
        id = BigAutoField()
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        register = TextField()
        record = BinaryUUIDField()
        archived = BooleanField()
        words = TextField()

        class Meta:
            database = db
            legacy_table_names = False
            indexes = ((("school", "record"), False),)

    class SearchRecipe(Model):
        register = TextField(primary_key=True)
        recipe = TextField()

        class Meta:
            database = db
            legacy_table_names = False

    class SearchMark(Model):
        school = BinaryUUIDField(primary_key=True)
        number = BigIntegerField()

        class Meta:
            database = db
            legacy_table_names = False

    db.create_tables([SearchEntry, SearchRecipe, SearchMark])
    for statement in SQLITE if isinstance(db, SqliteDatabase) else POSTGRESQL:
        db.execute_sql(statement)
