"""The database: one SQLite file that is the truth. The only room that knows SQLAlchemy."""
