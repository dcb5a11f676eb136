package fr.pennylanesync.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A record as a faultless API would serve it now.
 *
 * @param parentId the record it hangs under; 0 for a record of its own
 */
public record TruthRecord(long parentId, ObjectNode json) {}
