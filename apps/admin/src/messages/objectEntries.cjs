// For node-polyglot, which else brings along what browsers without it would need.
module.exports = Object.entries
