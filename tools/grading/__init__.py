"""Grade what a class hands in, so that nothing in one hand-in costs another anything.

`collect` finds whose each file is, `restore` puts the teacher's checks back, `worker`
runs one hand-in in a process of its own and repeats its checks out of its reach,
`tables` shows what came of it.
"""
