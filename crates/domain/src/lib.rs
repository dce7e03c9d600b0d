//! The rules of the station map. Pure: no I/O, no clock, no JavaScript.
