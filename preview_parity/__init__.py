"""Runs one program and its packs under the real Pulumi engine and under the preview, and compares what each did.

The real engine needs no Pulumi account and no AWS here: state lives in a folder, the program is started by
`language_host`, and `attached_provider` serves the preview's own model of AWS as the provider.
"""
