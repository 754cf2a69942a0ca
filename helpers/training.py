"""What Keras lacks for this course: a one-cycle learning-rate schedule, the loss batch by batch, quiet progress.

Only notebooks that train with Keras import this module; it imports Keras at once.
"""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="first_course")
class OneCycle(keras.optimizers.schedules.LearningRateSchedule):
    """The one-cycle schedule: the learning rate climbs in a straight line to a peak, then falls along half a cosine.

    Args:
        peak: the highest learning rate.
        steps: how many batches the whole training has; from then on the rate stays at its end.
        warmup: the share of the steps in which the rate climbs, between 0 and 1.
        start: the rate at step 0, as a share of the peak.
        end: the rate after the last step, as a share of the peak.

    Source: L. N. Smith, "A disciplined approach to neural network hyper-parameters", 2018.
    """

    def __init__(self, peak, steps, warmup=0.3, start=0.04, end=0.0):
        super().__init__()
        self.peak, self.steps, self.warmup, self.start, self.end = peak, steps, warmup, start, end

    def __call__(self, step):
        """Return the learning rate of a step, counted from 0, as a float32 scalar tensor of the backend."""
        progress = ops.cast(step, "float32") / self.steps
        climbed = ops.clip(progress / self.warmup, 0.0, 1.0)
        fallen = ops.clip((progress - self.warmup) / (1 - self.warmup), 0.0, 1.0)
        height = self.start + (1 - self.start) * climbed - (1 - self.end) * (1 - ops.cos(fallen * 3.14159265)) / 2
        return self.peak * height

    def get_config(self):
        """Return the arguments, for saving with a model."""
        return {
            "peak": self.peak,
            "steps": self.steps,
            "warmup": self.warmup,
            "start": self.start,
            "end": self.end,
        }
