// SPDX-License-Identifier: Apache-2.0
package io.callvault.model;

import java.time.Instant;
import java.util.List;

/**
 * One row of a listing, read as far as Callvault needs to; {@code raw} is the truth.
 *
 * @param id the provider's id, opaque; for a record that cannot be read, one made of its bytes
 * @param kind the provider's own word for what it is ({@code Voice}, {@code SMS}); null when it does not say
 * @param startedAt when the call began or the message was made; null when the record does not say
 * @param extension the extension it belongs to; null when it belongs to none
 * @param direction {@code inbound}, {@code outbound} or another word of the provider in lower case; null if not said
 * @param from number of the caller or sender, as given; null when anonymous
 * @param fromName their name, as given: attacker-controlled; null when not said
 * @param to number of the called or of the first recipient; null when not said
 * @param toName their name; null when not said
 * @param settled false while the provider may still rewrite it soon: a call in progress, a transcription running
 * @param raw its JSON as it came, without insignificant white space and without secrets, if the provider puts any into it
 * @param items its binaries, each once; empty when it has none
 * @param unreadable why it could not be read; null for a good record
 */
public record ListedRecord(
        String id,
        String kind,
        Instant startedAt,
        String extension,
        String direction,
        String from,
        String fromName,
        String to,
        String toName,
        boolean settled,
        String raw,
        List<ListedItem> items,
        String unreadable) {

    public ListedRecord {
        items = List.copyOf(items);
    }

    public Parties parties() {
        return new Parties(extension, direction, from, fromName, to, toName);
    }
}
