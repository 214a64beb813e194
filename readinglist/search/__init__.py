"""Full text: words in, papers out. The only room that knows Whoosh."""
