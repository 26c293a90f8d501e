"""What the pipeline checks of the deployed foods, besides what follows from the contract."""
