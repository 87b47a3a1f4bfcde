// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox.kazoo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.YearMonth;

/**
 * One document.
 *
 * @param list where it is listed: {@code recordings}, {@code cdrs}, {@code vmboxes/messages}, {@code faxes/inbox},
 *     {@code faxes/outbox}
 * @param id its id
 * @param owner id of its user; null for a mailbox's message
 * @param box id of its mailbox; null for anything else
 * @param createdAt what it is listed by
 * @param database the month of the database in which it lies
 * @param row as it is listed
 * @param media its binary; null while there is none
 * @param type media type of the binary as stored
 */
record KazooDocument(
        String list,
        String id,
        String owner,
        String box,
        Instant createdAt,
        YearMonth database,
        ObjectNode row,
        byte[] media,
        String type) {

    KazooDocument with(byte[] newMedia) {
        return new KazooDocument(list, id, owner, box, createdAt, database, row, newMedia, type);
    }

    KazooDocument in(YearMonth other) {
        return new KazooDocument(list, id, owner, box, createdAt, other, row, media, type);
    }

    KazooDocument at(Instant other) {
        return new KazooDocument(list, id, owner, box, other, database, row, media, type);
    }

    /** What a view is sorted by; only those of recordings and of call detail records hold the id (4.3). */
    String key() {
        String time = String.format(java.util.Locale.ROOT, "%014d", createdAt.getEpochSecond());
        return list.equals("recordings") || list.equals("cdrs") ? time + "/" + id : time;
    }
}
