//! The rooms of the house, told by the folder a crate lies in, never by its name.

/// Where a crate lies, as far as the rules tell rooms apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// `models/*`
    Model,
    /// `core/flow`
    Flow,
    /// `core/mapping`
    Mapping,
    /// `core/liste`
    Liste,
    /// `core/bus`
    Bus,
    /// `core/runtime`
    Runtime,
    /// `adapters/*`
    Adapter,
    /// `deploy/mellomlag`
    Binary,
    /// `tests/simulators`
    Simulators,
    /// the rest of `tests/*`
    Test,
}

impl Room {
    /// The room at `path`, relative to the workspace, with forward slashes; `None` where the map has no room.
    pub fn at(path: &str) -> Option<Self> {
        let (house, name) = path.split_once('/')?;
        if name.is_empty() || name.contains('/') {
            return None;
        }
        match (house, name) {
            ("models", _) => Some(Self::Model),
            ("core", "flow") => Some(Self::Flow),
            ("core", "mapping") => Some(Self::Mapping),
            ("core", "liste") => Some(Self::Liste),
            ("core", "bus") => Some(Self::Bus),
            ("core", "runtime") => Some(Self::Runtime),
            ("adapters", _) => Some(Self::Adapter),
            ("deploy", "mellomlag") => Some(Self::Binary),
            ("tests", "simulators") => Some(Self::Simulators),
            ("tests", _) => Some(Self::Test),
            _ => None,
        }
    }

    /// Wiring and tests see the whole house.
    pub fn sees_everything(self) -> bool {
        matches!(self, Self::Binary | Self::Simulators | Self::Test)
    }

    /// What should be true, decided without input, output or an async runtime.
    pub fn is_pure(self) -> bool {
        matches!(self, Self::Model | Self::Mapping | Self::Liste)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_are_told_by_their_folder() {
        assert_eq!(Room::at("models/fint"), Some(Room::Model));
        assert_eq!(Room::at("core/bus"), Some(Room::Bus));
        assert_eq!(Room::at("adapters/bus"), Some(Room::Adapter));
        assert_eq!(Room::at("tests/simulators"), Some(Room::Simulators));
        assert_eq!(Room::at("tests/it"), Some(Room::Test));
    }

    #[test]
    fn what_the_map_lacks_is_no_room() {
        for path in ["", "models", "models/", "core/new", "deploy/nats", "models/fint/inner", "vendor/x"] {
            assert_eq!(Room::at(path), None, "{path}");
        }
    }
}
