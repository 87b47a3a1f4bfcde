// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import java.time.Instant;
import java.time.ZoneId;

/**
 * What a path may be made of. All texts are taken as they came, hostile ones too; each may be null or empty where it is
 * not known, except customer, feed, zone and id.
 *
 * @param customer the customer's id
 * @param provider {@code ringcentral}, {@code kazoo}
 * @param feed the feed, for example {@code calls}
 * @param startedAt when the call began or the message was made; null when unknown
 * @param zone the customer's time zone: dates and times in paths are local ones
 * @param direction {@code inbound}, {@code outbound} …
 * @param from number of the caller or sender
 * @param to number of the called or first recipient
 * @param fromName name of the caller or sender
 * @param toName name of the called or first recipient
 * @param extension the extension it belongs to
 * @param kind {@code recording}, {@code voicemail}, {@code fax} …
 * @param id the item's id without its kind, see {@link io.callvault.model.ItemKey#id()}
 * @param recordId id of the record that the item belongs to
 * @param ext ending of the file's name without a dot, see {@link MediaNames}
 */
public record PathFacts(
        String customer,
        String provider,
        String feed,
        Instant startedAt,
        ZoneId zone,
        String direction,
        String from,
        String to,
        String fromName,
        String toName,
        String extension,
        String kind,
        String id,
        String recordId,
        String ext) {}
