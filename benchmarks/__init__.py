"""Side-by-side measurements: what the course claims to be fast, measured on the machine at hand.

`make bench` runs them all, `make bench BENCH=mnist_cnn` one. `README.md` in this folder tells how to add one.
"""
