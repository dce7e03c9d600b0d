//! The app's pictures, drawn.

use svgtypes::{SimplePathSegment, SimplifyingPathParser};
use zeno::{Command, Point, Transform};

use super::canvas::{Canvas, Ink};

/// The app's set.
pub(super) const SPRITE: &str = include_str!("../../../public/icons/sprite.svg");

/// Draws a picture into a square, `[x, y, edge]`; nothing for one that the set does not have.
pub(super) fn draw(canvas: &mut Canvas, ink: Ink, name: &str, [x, y, edge]: [f32; 3]) {
    let Some((size, paths)) = symbol(name) else {
        return;
    };
    let scale = edge / size;
    for path in paths {
        let path: Vec<Command> = SimplifyingPathParser::from(path).flatten().map(command).collect();
        canvas.fill(ink, path.as_slice(), Transform::scale(scale, scale).then_translate(x, y));
    }
}

/// A step of an outline as the canvas takes it. Not by zeno's own reader: that one stops at an arc after an arc.
fn command(segment: SimplePathSegment) -> Command {
    #[expect(clippy::cast_possible_truncation, reason = "coordinates of a picture are small")]
    let at = |x: f64, y: f64| Point::new(x as f32, y as f32);
    match segment {
        SimplePathSegment::MoveTo { x, y } => Command::MoveTo(at(x, y)),
        SimplePathSegment::LineTo { x, y } => Command::LineTo(at(x, y)),
        SimplePathSegment::CurveTo { x1, y1, x2, y2, x, y } => {
            Command::CurveTo(at(x1, y1), at(x2, y2), at(x, y))
        }
        SimplePathSegment::Quadratic { x1, y1, x, y } => Command::QuadTo(at(x1, y1), at(x, y)),
        SimplePathSegment::ClosePath => Command::Close,
    }
}

/// How large a picture's square is, and what is filled in it.
fn symbol(name: &str) -> Option<(f32, impl Iterator<Item = &'static str>)> {
    let (_, rest) = SPRITE.split_once(&format!("<symbol id=\"{name}\" viewBox=\"0 0 "))?;
    let (symbol, _) = rest.split_once("</symbol>")?;
    let (size, paths) = symbol.split_once('"')?;
    let size = size.split(' ').next()?.parse().ok()?;
    Some((size, paths.split(" d=\"").skip(1).filter_map(|path| path.split('"').next())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_is_read_to_its_end() {
        let names: Vec<&str> =
            SPRITE.split("<symbol id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(names.len() > 50 && names.contains(&"water") && names.contains(&"ui-heart"));
        for name in names {
            let (size, paths) = symbol(name).unwrap();
            let paths: Vec<&str> = paths.collect();
            assert!(size > 0.0 && !paths.is_empty(), "{name}");
            for path in paths {
                assert!(SimplifyingPathParser::from(path).all(|step| step.is_ok()), "{name}: {path}");
            }
        }
        assert!(symbol("nothing").is_none());
    }
}
