"""What a curious learner changes in notebook 12."""

from edits import Edit, Exempt

EDITS = [
    Edit("learns from 200 digits", "digits", "few, judging_from = 500, 2000", "few, judging_from = 200, 2000"),
    Edit("judges by 500 digits only", "digits", "few, judging_from = 500, 2000", "few, judging_from = 500, 3500"),
    Edit(
        "gives the second layer 500 units",
        "plain-network",
        'layers.Dense(128, activation="relu"),\n        layers.Dense(10',
        'layers.Dense(500, activation="relu"),\n        layers.Dense(10',
    ),
    Edit(
        "takes away a layer",
        "plain-network",
        'layers.Dense(128, activation="relu"),\n        layers.Dense(10',
        "layers.Dense(10",
    ),
    Edit("trains with plain gradient descent", "plain-network", 'optimizer="adam"', 'optimizer="sgd"'),
    Edit("stops after five epochs", "fit-plain", "epochs=40", "epochs=5"),
    Edit("is more patient", "fit-stopped", "patience=3", "patience=12"),
    Edit("watches the accuracy", "fit-stopped", 'monitor="val_loss"', 'monitor="val_accuracy"'),
    Edit("leaves the last weights", "fit-stopped", "restore_best_weights=True", "restore_best_weights=False"),
    Edit("takes a large penalty", "l2-network", "L2(0.001)", "L2(0.1)"),
    Edit("drops nine units of ten by hand", "drop-by-hand", "rate = 0.5", "rate = 0.9"),
    Edit("drops none", "drop-by-hand", "rate = 0.5", "rate = 0.0"),
    Edit(
        "drops half of the second layer",
        "dropout-network",
        "layers.Dropout(0.3),\n        layers.Dense(10",
        "layers.Dropout(0.5),\n        layers.Dense(10",
    ),
    Edit("turns the copies by up to half a turn", "copies", "RandomRotation(0.04", "RandomRotation(0.5"),
    Edit("changes a 9 in place of a 6", "six-or-nine", "few_labels == 6", "few_labels == 9"),
    Edit("moves it far", "six-or-nine", "np.roll(six, 3, axis=1)", "np.roll(six, 14, axis=0)"),
    Edit("asks three networks", "members", "range(5)", "range(3)"),
    Edit("shows the wrong labels, too", "all-remedies", ' if "labels" not in name', ""),
    Edit("measures another remedy", "measure-one", 'name = "noise on inputs"', 'name = "noise on weights"'),
    Edit("takes more steps", "two-pulls", "range(1, 41)", "range(1, 201)"),
    Edit("takes a larger penalty of L1", "fit-l1", "L1(0.0001)", "L1(0.001)"),
    Edit("spoils half of the labels", "fit-misled", "few_labels, 0.2", "few_labels, 0.5"),
]
SHARES = "a share, below 1"
EXCEPTIONS = [
    Exempt("digits", "2000", "behind 4,000 there is no digit left that could judge"),
    *(
        Exempt(cell, "layers.Dense(10", "ten digits need ten outputs")
        for cell in ("plain-network", "l2-network", "dropout-network", "fit-l1")
    ),
    Exempt("drop-by-hand", "rate = 0.5", SHARES),
    Exempt("dropout-network", "layers.Dropout(0.3),\n        layers.Dense(128", SHARES),
    Exempt("dropout-network", "layers.Dropout(0.3),\n        layers.Dense(10", SHARES),
    *(
        Exempt("copies", text, "a share of the picture or of a turn, at most 1")
        for text in ("RandomTranslation(0.1, 0.1", "RandomRotation(0.04", "RandomZoom(0.1")
    ),
    Exempt("curves-l2", "ylim=(0, 1)", "where the axis begins and where it ends, two numbers that differ"),
    Exempt("six-or-nine", "few_labels == 6", "a digit, 0 to 9"),
    Exempt("fit-misled", "few_labels, 0.2", "a share, at most 1"),
]
