"""What a curious learner changes in notebook 10."""

from edits import Edit, Exempt

EDITS = [
    Edit(
        "makes the filters of the first network 3 x 3", "plain-network", "layers.Conv2D(16, 5,", "layers.Conv2D(16, 3,"
    ),
    Edit("gives the first network more filters", "plain-network", "layers.Conv2D(32, 5,", "layers.Conv2D(48, 5,"),
    Edit(
        "takes a tanh for the ReLU", "plain-network", 'Dense(128, activation="relu")', 'Dense(128, activation="tanh")'
    ),
    Edit("trains with plain gradient descent", "compile-plain", 'optimizer="adam"', 'optimizer="sgd"'),
    Edit("keeps more pictures for the validation", "fit-plain", "validation_split=0.2", "validation_split=0.4"),
    Edit(
        "trains in larger batches and only twice", "epochs", "epochs, batch_size = 6, 64", "epochs, batch_size = 2, 128"
    ),
    Edit("makes the filters of a block 3 x 3", "block", "layers.Conv2D(filters, 5,", "layers.Conv2D(filters, 3,"),
    Edit("takes another peak", "rates", "one_cycle(0.01, steps)", "one_cycle(0.003, steps)"),
    Edit(
        "gives the cycle to a network without batch normalisation",
        "fit-cycle",
        "cycled = normalised_cnn()",
        "cycled = keras.models.clone_model(model)",
    ),
    Edit("breaks it with a peak of 0.1 only", "too-high", "one_cycle(1.0, steps", "one_cycle(0.1, steps"),
    Edit("looks at the mistakes on other digits", "occlusion", "(0, 3, 4, 8, 9)", "(2, 7)"),
    Edit("covers larger squares", "occlusion-map", "size=7", "size=10"),
    Edit(
        "draws a one with lines of different lengths",
        "drawing",
        ".######.\n......#.\n.....##.\n.....#..\n",
        "..#\n..#\n ..#..\n..#\n",
    ),
    Edit("moves the pictures farther", "shift-test", "shifts = range(7)", "shifts = range(12)"),
    Edit("takes 1,000 digits of the other machine", "other-digits", "load_digits(), 500", "load_digits(), 1000"),
    Edit("looks at more digits", "n10-005", "count = 24", "count = 30"),
]
EXCEPTIONS = [
    Exempt("occlusion-map", "(size - 1) // 2", "what is cut off on both sides, so that 28 rows come out"),
    Exempt("block", "filters, 5", "filters of 10 x 10 leave nothing for the second block"),
    Exempt("block", "MaxPooling2D(2)", "pools of 4 x 4 leave nothing for the second one"),
    Exempt("block", "momentum=0.9", "a running mean keeps a share, below 1"),
    Exempt("epochs", "epochs, batch_size = 6, 64", "a training of more epochs takes minutes"),
    Exempt("fit-plain", "validation_split=0.2", "a share of the pictures, below 1"),
    Exempt("fit-normalised", "validation_split=0.2", "a share of the pictures, below 1"),
    Exempt("fit-cycle", "validation_split=0.2", "a share of the pictures, below 1"),
    Exempt("fit-cycle", "beta_1=0.7, beta_2=0.9", "shares, below 1"),
    Exempt("too-high", "beta_1=0.7, beta_2=0.9", "shares, below 1"),
    Exempt("too-high", "validation_split=0.2", "a share of the pictures, below 1"),
    Exempt("reader", "beta_1=0.7, beta_2=0.9", "shares, below 1"),
    Exempt("fit-strided", "beta_1=0.7, beta_2=0.9", "shares, below 1"),
    Exempt(
        "strided-cnn",
        'momentum=0.9),\n            layers.Activation("relu"),\n'
        "            layers.Conv2D(32, 5, strides=2, use_bias=False),\n"
        "            layers.BatchNormalization(momentum=0.9)",
        "a running mean keeps a share, below 1",
    ),
    *(
        Exempt(cell, "layers.Dense(10", "ten digits need ten outputs")
        for cell in ("plain-network", "normalised-cnn", "dense-network", "strided-cnn")
    ),
    Exempt("batch-losses", "0.9", "a share, below 1"),
    Exempt("shift-test", "ylim=(0, 1)", "shares lie between 0 and 1"),
    Exempt("occlusion-map", "len(picture) - size + 1", "a square of this size has so many places, and no more"),
    Exempt("occlusion-map", "((size - 1) // 2, size // 2)", "the rim that makes 28 x 28 again"),
    Exempt(
        "moved-right",
        "((0, 0), (0, 0), (pixels, 0), (0, 0))",
        "pictures with more channels or rows fit no network that has learnt from these",
    ),
    *(
        Exempt(
            "nearest-mean", f"{made} for images in (learn_images, test_images)", "to learn from, and to be judged by"
        )
        for made in ("images.reshape(len(images), -1)", "body.predict(images, batch_size=500, verbose=0)")
    ),
    Exempt("occlusion-map", "places**2", "so many places has a square"),
    Exempt("other-digits", "resize((28, 28))", "the network reads pictures of 28 x 28"),
]
