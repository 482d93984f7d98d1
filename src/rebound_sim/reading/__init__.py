"""Files of users: TOML with the line of every key, strict records, `--set`, and their errors."""
