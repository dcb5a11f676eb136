package fr.pennylanesync.sandbox.writing;

/**
 * How many records of each stream go with a number of ledger lines: documents grow with it, third parties more slowly.
 */
record Scale(int lines) {

    private static final double BASE = 240;

    int customerInvoices() {
        return proportional(12, 10);
    }

    int supplierInvoices() {
        return proportional(12, 9);
    }

    int transactions() {
        return proportional(30, 20);
    }

    int quotes() {
        return proportional(3, 3);
    }

    int commercialDocuments() {
        return proportional(3, 3);
    }

    int subscriptions() {
        return proportional(2, 2);
    }

    int purchaseRequests() {
        return proportional(2, 2);
    }

    int customers() {
        return slower(9, 8);
    }

    int suppliers() {
        return slower(8, 6);
    }

    int products() {
        return slower(10, 8);
    }

    int mandates() {
        return slower(3, 2);
    }

    private int proportional(int atBase, int least) {
        return Math.max(least, (int) Math.round(atBase * lines / BASE));
    }

    private int slower(int atBase, int least) {
        return Math.max(least, (int) Math.round(atBase * Math.pow(lines / BASE, 0.8)));
    }
}
