//! What holds for every picture of a network.

use super::*;
use proptest::prelude::*;

const MEASURE: Measure = Measure { wide: 150, tall: 44, gap: 60, between: 14, lane_head: 24 };

fn graphs() -> impl Strategy<Value = Graph> {
    (2usize..40, 1u32..4).prop_flat_map(|(count, lanes)| {
        let lane = prop::collection::vec(0..lanes, count);
        let arcs = prop::collection::vec((0..count as u32, 0..count as u32), 0..count * 3);
        (lane, arcs).prop_map(|(lanes, arcs)| {
            let arcs = arcs.into_iter().filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b)));
            Graph { lanes, arcs: arcs.collect() }
        })
    })
}

proptest! {
    #[test]
    fn boxes_never_touch_and_stay_in_their_lane(graph in graphs()) {
        let layout = lay_out(&graph, &MEASURE);
        for a in 0..graph.lanes.len() {
            let lane = layout.lanes[graph.lanes[a] as usize];
            let (_, top) = layout.boxes[a];
            prop_assert!(lane.top + MEASURE.lane_head <= top + 1 && top + MEASURE.tall <= lane.top + lane.tall);
            for b in a + 1..graph.lanes.len() {
                if layout.columns[a] == layout.columns[b] {
                    let apart = (layout.boxes[a].1 - layout.boxes[b].1).abs();
                    // Rounding to whole pixels may take one.
                    prop_assert!(apart >= MEASURE.tall + MEASURE.between - 1, "{a} and {b}: {apart}");
                }
            }
        }
        prop_assert!(layout.boxes.iter().all(|(x, _)| *x + MEASURE.wide <= layout.size.0));
    }

    #[test]
    fn arrows_join_the_right_edges_and_run_ahead(graph in graphs()) {
        let layout = lay_out(&graph, &MEASURE);
        for (&(from, to), way) in graph.arcs.iter().zip(&layout.ways) {
            let (a, b) = (layout.boxes[from as usize], layout.boxes[to as usize]);
            prop_assert_eq!(way[0], (a.0 + MEASURE.wide, a.1 + MEASURE.tall / 2));
            prop_assert_eq!(way[way.len() - 1], (b.0, b.1 + MEASURE.tall / 2));
            prop_assert!(way.windows(2).all(|leg| leg[0].0 < leg[1].0), "{way:?}");
            // A long arrow never runs through a box.
            for leg in way.windows(2).filter(|leg| leg[0].1 == leg[1].1 && leg[1].0 - leg[0].0 == MEASURE.wide) {
                for (x, y) in &layout.boxes {
                    let through = *x == leg[0].0 && leg[0].1 > *y && leg[0].1 < y + MEASURE.tall;
                    prop_assert!(!through);
                }
            }
        }
    }

    #[test]
    fn sorting_never_adds_crossings_and_the_picture_is_always_the_same(graph in graphs()) {
        let column = column::columns(&graph);
        let plain = column::with_passages(&graph, &column);
        let mut slot = vec![0; plain.items.len()];
        for items in &plain.columns {
            for (at, &item) in items.iter().enumerate() { slot[item as usize] = at as u32; }
        }
        let layout = lay_out(&graph, &MEASURE);
        prop_assert!(layout.crossings <= order::crossings(&plain, &slot));
        prop_assert_eq!(layout, lay_out(&graph, &MEASURE));
    }
}

#[test]
fn a_chain_is_a_straight_line() {
    let graph = Graph { lanes: vec![0; 4], arcs: vec![(0, 1), (1, 2), (2, 3)] };
    let layout = lay_out(&graph, &MEASURE);
    assert_eq!(layout.columns, [0, 1, 2, 3]);
    assert!(layout.boxes.windows(2).all(|pair| pair[0].1 == pair[1].1), "{:?}", layout.boxes);
}

#[test]
fn a_neighbourhood_counts_steps_both_ways() {
    let arcs = [(0, 1), (1, 2), (2, 3), (3, 4), (5, 3)];
    assert_eq!(around(6, &arcs, 2, 1, 1, 99), [1, 2, 3]);
    assert_eq!(around(6, &arcs, 3, 1, 0, 99), [2, 3, 5], "cousins over a successor are not meant");
    assert_eq!(around(6, &arcs, 2, 9, 9, 3).len(), 3);
}
