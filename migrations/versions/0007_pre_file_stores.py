"""Files' bytes move out of their rows, into a store. What is there stays where it is, and is read there."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Name each file's store; make room for bytes in chunks, and for what tells of bytes that nobody owns."""
    op.add_column("chat_files", sa.Column("store", sa.Text(), server_default=sa.text("'database'"), nullable=False))
    op.alter_column("chat_files", "data", nullable=True)
    op.create_table(
        "file_chunks",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("file_id", "position", name="pk_file_chunks"),
    )
    # Pictures and documents are compressed already; what is not compressed can be read in part.
    op.execute("ALTER TABLE file_chunks ALTER COLUMN data SET STORAGE EXTERNAL")
    op.create_table(
        "file_orphans",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("remove_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("file_id", "store", name="pk_file_orphans"),
    )
    op.create_index("ix_file_orphans_remove_at", "file_orphans", ["remove_at"])
    # Ten minutes: whoever is reading the bytes just now comes to their end.
    op.execute(
        """
        CREATE FUNCTION orphan_file_bytes() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO file_orphans (file_id, store, remove_at)
            SELECT id, store, now() + interval '10 minutes' FROM gone
            ON CONFLICT (file_id, store) DO UPDATE SET remove_at = EXCLUDED.remove_at;
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER chat_files_orphan_bytes AFTER DELETE ON chat_files
        REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION orphan_file_bytes()
        """
    )


def downgrade() -> None:
    """Put the bytes back into their rows; files in other stores have none here and go, with their links."""
    op.execute("DROP TRIGGER chat_files_orphan_bytes ON chat_files")
    op.execute("DROP FUNCTION orphan_file_bytes()")
    op.execute(
        """
        UPDATE chat_files SET data = whole.data
        FROM (SELECT file_id, string_agg(data, ''::bytea ORDER BY position) AS data FROM file_chunks GROUP BY file_id)
             AS whole
        WHERE chat_files.id = whole.file_id AND chat_files.store = 'database'
        """
    )
    op.execute("DELETE FROM chat_files WHERE data IS NULL")
    op.drop_table("file_orphans")
    op.drop_table("file_chunks")
    op.alter_column("chat_files", "data", nullable=False)
    op.drop_column("chat_files", "store")
