package fr.pennylanesync.pass;

import fr.pennylanesync.api.Page;

/** Ids of checked pages. */
final class Ids {

    private Ids() {}

    /** The id of the last item of a page that has one. */
    static long last(Page page) {
        return page.items().get(page.items().size() - 1).path("id").longValue();
    }
}
