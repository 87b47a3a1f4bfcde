// SPDX-License-Identifier: Apache-2.0
package io.callvault.model;

/**
 * A binary as a record announces it.
 *
 * @param id see {@link ItemKey#item()}
 * @param kind what it is, and so how long the provider keeps it: {@code recording}, {@code voicemail}, {@code fax} …
 * @param uri where the provider serves it, as given; null when it was never kept
 * @param contentType as announced; null when the record does not say
 * @param size in bytes as announced; null when the record does not say
 * @param notRetained why the provider says it never kept it; null for a binary that can be fetched
 */
public record ListedItem(String id, String kind, String uri, String contentType, Long size, String notRetained) {}
