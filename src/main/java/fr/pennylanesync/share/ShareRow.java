package fr.pennylanesync.share;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One row of the share, checked to be the company's.
 *
 * @param id its own, or a number made from its key
 * @param payload every field that is read
 */
public record ShareRow(long id, ObjectNode payload) {}
