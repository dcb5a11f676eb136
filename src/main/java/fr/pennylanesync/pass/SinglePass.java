package fr.pennylanesync.pass;

import java.util.List;

/** A pass that is read one batch after the other: its own only lane. */
interface SinglePass extends OpenPass, PageLane {

    @Override
    default boolean isResumable() {
        return true;
    }

    @Override
    default List<Lane> lanes() {
        return List.of(this);
    }
}
