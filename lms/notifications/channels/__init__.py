"""The ways out besides mail: text messages and letters through GOV.UK Notify, and what came of what was handed on."""
