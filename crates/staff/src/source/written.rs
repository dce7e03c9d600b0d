//! The stations as written, kept as text: as values they would take ten times as much.

use domain::dto::{DatasetDto, StationDto};
use serde_json::Value;

/// The list as written, as far as it has the right types; a station is made from its text whenever it is asked for.
#[derive(Debug, Default)]
pub struct Written {
    /// What the list is and who answers for it.
    pub dataset: Option<DatasetDto>,
    /// Each station's JSON, without the fields that say nothing.
    stations: Vec<Box<str>>,
    photos: Vec<NamedPhoto>,
}

/// A place where a station names a photo.
#[derive(Debug)]
pub(crate) struct NamedPhoto {
    /// The station's place in the list.
    pub(crate) station: usize,
    /// The station's id, where it has one.
    pub(crate) id: Option<String>,
    /// The photo's place in the station's list.
    pub(crate) index: usize,
    /// The file, as written.
    pub(crate) file: String,
}

impl Written {
    /// How many stations the list has, good or not.
    pub fn len(&self) -> usize {
        self.stations.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.stations.is_empty()
    }

    /// The stations, good or not, each made anew.
    pub fn stations(&self) -> impl Iterator<Item = StationDto> {
        self.stations.iter().map(|text| station(text))
    }

    /// Every place that names a photo, in order.
    pub(crate) fn photos(&self) -> &[NamedPhoto] {
        &self.photos
    }

    /// The id of the station at an index, as written.
    pub(super) fn id(&self, index: usize) -> Option<String> {
        station(self.stations.get(index)?).id
    }

    /// Takes in the next station.
    pub(super) fn add(&mut self, station: &StationDto) {
        for (index, photo) in station.photos.iter().flatten().enumerate() {
            if let Some(file) = &photo.file {
                let (id, file) = (station.id.clone(), file.clone());
                self.photos.push(NamedPhoto { station: self.stations.len(), id, index, file });
            }
        }
        // Writing plain structs to a text does not fail, nor does reading them again: the tests read every field.
        let value = serde_json::to_value(station).map(filled).unwrap_or_default();
        self.stations.push(value.to_string().into_boxed_str());
    }
}

fn station(text: &str) -> StationDto {
    serde_json::from_str(text).unwrap_or_default()
}

/// A value without the fields that say nothing.
pub(crate) fn filled(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields.into_iter().filter(|(_, it)| !it.is_null()).map(|(key, it)| (key, filled(it))).collect(),
        ),
        Value::Array(entries) => Value::Array(entries.into_iter().map(filled).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use domain::dto::{LocationDto, StationsDto};

    use super::*;

    #[test]
    fn stations_come_back_as_they_were() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/data/stations.json");
        let list: StationsDto = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let mut stations = list.stations.unwrap();
        // Numbers that a quick reader takes for their neighbours.
        for lat in [41.800_000_000_000_004, 1.797_693_134_862_315_7e308, 5e-324, 0.1 + 0.2] {
            let location = LocationDto { lat: Some(lat), ..LocationDto::default() };
            stations.push(StationDto { location: Some(location), ..StationDto::default() });
        }
        stations.push(StationDto { events: Some(Vec::new()), ..StationDto::default() });
        let mut written = Written::default();
        for station in &stations {
            written.add(station);
        }
        assert_eq!(written.stations().collect::<Vec<_>>(), stations);
        let named = stations.iter().flat_map(|it| it.photos.iter().flatten()).count();
        assert_eq!((written.len(), written.photos().len(), named > 3), (stations.len(), named, true));
    }
}
