//! Tests of the room: whole projects in temporary folders.

mod anchoring;
mod bounds;
mod cuts;
mod damage;
mod disk;
mod faults;
mod history;
mod names;
mod outside;
mod recovery;
mod samples;
mod saving;
mod unread;
