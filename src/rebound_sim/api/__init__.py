"""The front door in Python: worlds, comparisons, tables. The commands do the same things.

    import rebound_sim as rb

    world = rb.zone("Vierzon").close(jobs=400, sector="CH")
    run = rb.run(world, replications=20)
    run.effects().to_frame()

    programme = rb.load("france2030_auto")
    c = rb.compare(programme, ["merit", "equal", my_rule], worlds=12)
    c.plot("strategies"); c.ledger(by=["zone"]).to_frame(); c.report("out", lang="fr")

Everything here is imported as `rebound_sim.NAME`. Nothing needs a `__main__` guard, and functions
of a notebook travel to the workers.
"""
