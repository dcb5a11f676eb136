package fr.pennylanesync.sandbox.share;

import java.util.List;

/** A table that readers see, as {@code schema.name}. */
record CopiedTable(String schema, String name, List<CopiedColumn> columns) {

    static final String PENNYLANE = "pennylane";
    static final String ETL = "etl";
    static final String ACCOUNTING = "accounting";

    private static final String REVISION = "_revision";

    CopiedTable {
        columns = List.copyOf(columns);
    }

    String qualifiedName() {
        return schema + "." + name;
    }

    /** The table of the store that it shows. */
    String stored() {
        return name.endsWith(REVISION) ? name.substring(0, name.length() - REVISION.length()) : name;
    }

    boolean isEtl() {
        return schema.equals(ETL);
    }

    boolean has(String column) {
        return columns.stream().anyMatch(known -> known.name().equals(column));
    }
}
