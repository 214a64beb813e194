"""Bibliographies beside listings, files attached to papers, where fields came from, and what else is remembered."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("papers", sa.Column("attachments", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
    op.add_column("papers", sa.Column("origins", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("listings", sa.Column("bibliography", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    op.create_index("ix_papers_attachments", "papers", ["id"], sqlite_where=sa.text("attachments != '[]'"))
    op.create_table(
        "memories",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_memories")),
    )
    op.create_index(op.f("ix_memories_paper_id"), "memories", ["paper_id"])
    op.create_table(
        "attachment_texts",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_attachment_texts")),
    )
    _name_first_sources()
    op.execute("PRAGMA user_version = 3")


def _name_first_sources() -> None:
    """What is known of a paper came from the first listing it was seen in."""
    op.execute("""
        UPDATE papers SET origins = json_object('', source)
        FROM (SELECT s.paper_id AS paper, min(l.source_id) AS source
              FROM sightings s JOIN listings l ON l.id = s.listing_id GROUP BY s.paper_id)
        WHERE papers.id = paper
    """)
