"""How an older library becomes one of today: Alembic's migrations, one file per schema version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the database to a schema version, within the transaction of this connection.

    Each migration sets `PRAGMA user_version` to its own number.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
