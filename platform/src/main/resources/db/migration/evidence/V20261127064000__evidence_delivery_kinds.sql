CREATE INDEX delivery_dataset ON evidence.delivery (dataset, kind, key);
