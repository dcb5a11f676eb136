/**
 * Decides when each company is synced: one Quartz job per company, in memory or, with {@code quartz.cluster}, in the
 * warehouse, where several nodes share them.
 */
package fr.pennylanesync.schedule;
