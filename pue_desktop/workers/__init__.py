"""The only bridge between the engine's generators and Qt: threads, processes and the controller of a run."""
