package fr.pennylanesync.stream;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The facts that a stream file may declare, in the order in which people should meet them, each with what an editor
 * says of it.
 */
public enum Fact {
    PARENT("The stream whose records own these: the stem of its file. Makes this a sub-list, read with each parent."),
    PATH("The API path of the list, such as /customers; a sub-list's holds {parent} where the parent's id goes."),
    SCOPE("The domain of the token's scope that reads the list: customers for customers:readonly. "
            + "Where one of several is enough: quotes or customer_invoices. Leave it out if none is needed."),
    READING("How the list is read completely and resumed. keyset: in the order of ids, at any record. "
            + "date-slices: slice by slice. cursor: page by page, begun again after a break. whole: one request. "
            + "fields: one request, whose answer is an object; each of its fields is a record of name and value. "
            + "share: the data sharing alone has it. fiscal-years: totals by fiscal year, from the data sharing "
            + "or, for a company that it does not show, from the list."),
    SORTED("Whether the endpoint accepts sort=id. A keyset always does."),
    KEY("The paths of the values that tell the records apart where the API gives them no id: "
            + "customer.id, created_at. Their id is made of these."),
    OPTIONAL("Whether a company may be without the list: that it is not found counts as an empty list then."),
    PAGE_SIZE("The largest limit that the endpoint accepts: 100 unless its documentation says more."),
    INCLUDE("For a sub-list: the value of the parent's include parameter that brings its rows along."),
    FILTERED_BY("For a sub-list: the stream whose records it holds, with the field by which the parent's list filters "
            + "by them: categories: category_id. What the filter leaves out is empty, and is not asked for."),
    CONCERNED_BY("For a sub-list: the parent's fields that change with it, with commas between them. Where an event "
            + "brought a change of others, it is not asked for; updated_at stands for a change that no other "
            + "field shows."),
    SETTLEMENT("For a sub-list of what is paid: the parent's field of a sum, that of what remains to pay, and others "
            + "that move with the latter: amount, remaining_amount_with_tax. Where both moved by the same, nothing was "
            + "paid, and their change does not concern the sub-list."),
    MIRRORS("For a sub-list: those that hold the same relation from its other side, each with the type that their "
            + "parents have here. Where all of them are read, it is derived from them."),
    CHANGELOG("The feed below /changelogs/ that tells of changes to these records."),
    ALSO_CHANGED_BY("Further feeds that touch single records, each with the path of the record's id in its events."),
    REFRESHES("Streams without a feed of their own that change with these records, "
            + "each with the column here that names the record."),
    EMBEDS("Streams whose records are copied in part into these, each with the path of their id in ours."),
    RECORD_DATE("The path of the date that says which year a record belongs to: that of a date or timestamptz column."),
    ENABLED("Whether the stream is read unless streams.<name>.enabled says otherwise. It is unless this says false."),
    PERSONAL(
            "Fields that hold personal or financial data, each with its kind: name of customer unless customer_type is "
                    + "company for 10 years. Whose it is, when it is nobody's, and how long the law has it kept may be "
                    + "missing."),
    PERSONS("The persons that a record names, each with the path of its id; {parent}: whoever the record is,"
            + " or names, that owns these."),
    FILES("Fields that hold a file's expiring link, each with the path of the file's name, which may be missing."),
    COLUMNS("The table's columns, each with its type, the path of its value where that is not its name, the stream "
            + "whose id it holds, and what it says to people, as in: "
            + "bigint from customer.id in customers -- Who is invoiced."),
    INDEXES("The columns that have an index together with the company, with commas between them: dates and ids. "
            + "An index of a table that has rows is made in the background, without a pause of the syncs."),
    SHARE("Where the records stand in the data sharing."),
    SHARE_COLUMNS("The columns that are read from the data sharing, each with its type and the column here that it "
            + "fills: numeric as amount.");

    private final String description;

    Fact(String description) {
        this.description = description;
    }

    /** The name as stream files write it. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String description() {
        return description;
    }

    static Optional<Fact> named(String key) {
        return Arrays.stream(values()).filter(fact -> fact.key().equals(key)).findFirst();
    }

    /** All names, for people to choose from. */
    static String keys() {
        return Arrays.stream(values()).map(Fact::key).sorted().collect(Collectors.joining(", "));
    }
}
