"""Tables of figures made from official statistics: `rebound data build` and `update`.

`draft` holds tables under construction, `build` fills them from prepared files, `updates` puts
downloads over them (`data.official` reads these), `checks` compares them before they are written.
Nothing that a run reads imports this room, but for the check of a user's own folder of tables.
"""
