"""Smart lists, and the few that come with a library; the orders by day of adding and by rating from an index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# As they were when this version came out; papers/smart_list.py has those of today.
_DEFAULTS = (
    ("5a1c0f6e2b7d4c8f9e3a6b1d0c4f7e01", "New this week", "added:last-7-days status:inbox", "search"),
    ("5a1c0f6e2b7d4c8f9e3a6b1d0c4f7e02", "Seen in 2+ listings", "seen:>=2", "seen"),
    ("5a1c0f6e2b7d4c8f9e3a6b1d0c4f7e03", "Has code, not read", "has:code is:unread", "code"),
    ("5a1c0f6e2b7d4c8f9e3a6b1d0c4f7e04", "Starred, not read", "is:starred is:unread", "star"),
    ("5a1c0f6e2b7d4c8f9e3a6b1d0c4f7e05", "With notes", "has:note", "note"),
)


def upgrade() -> None:
    table = op.create_table(
        "smart_lists",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("icon", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_smart_lists")),
    )
    rows = [
        {"id": list_id, "name": name, "query": query, "icon": icon, "parent": "", "position": position}
        for position, (list_id, name, query, icon) in enumerate(_DEFAULTS)
    ]
    op.bulk_insert(table, rows)
    for column in ("added", "rating"):
        op.drop_index(f"ix_papers_{column}", "papers")
        op.create_index(f"ix_papers_{column}", "papers", [column, "trashed"], unique=False)
    op.execute("PRAGMA user_version = 2")
