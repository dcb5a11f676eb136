/**
 * This package looks into files that anybody may have made, in a process of their own: what takes its memory or its
 * time takes nothing else.
 */
package fr.pennylanesync.archive.parser;
