// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.acceptance.Json;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** One document of a monthly database. A test may change it while a program reads. */
final class Row {

    private final Feed feed;
    private final String id;
    private final String place;
    private final String database;
    private final long created;
    private final ObjectNode json;
    private final Set<JsonNode> served = new LinkedHashSet<>();
    private Blob blob;
    private boolean deleted;
    private boolean hidden;

    /**
     * @param place a voicemail's box, a fax's folder, else empty
     * @param database as 202401: the month it lies in, which need not be that of its id or of {@code created}
     * @param created Gregorian seconds: what lists go by
     */
    Row(Feed feed, String id, String place, String database, long created, ObjectNode json) {
        this.feed = feed;
        this.id = id;
        this.place = place;
        this.database = database;
        this.created = created;
        this.json = json;
    }

    Feed feed() {
        return feed;
    }

    String id() {
        return id;
    }

    String place() {
        return place;
    }

    String database() {
        return database;
    }

    long created() {
        return created;
    }

    synchronized Blob blob() {
        return blob;
    }

    /** From now on it has an attachment, and says so. */
    synchronized Row attach(Blob attachment) {
        blob = attachment;
        return this;
    }

    /** As somebody who calls DELETE does it: it is in no list any more, and 404. */
    synchronized Row delete() {
        deleted = true;
        return this;
    }

    synchronized boolean isDeleted() {
        return deleted;
    }

    /** As somebody who marks it on a server that knows the mark: it is in no list that does not ask for such ones. */
    synchronized void hide(JsonNode mark) {
        json.set("soft_delete", mark.deepCopy());
        hidden = true;
    }

    synchronized boolean isHidden() {
        return hidden;
    }

    synchronized Row edit(Consumer<ObjectNode> change) {
        change.accept(json);
        return this;
    }

    Row ownedBy(String user) {
        return edit(doc -> doc.put("owner_id", user));
    }

    synchronized String text(String field) {
        return json.path(field).asText("");
    }

    /** As a list has it now. */
    synchronized JsonNode listed() {
        ObjectNode row = json.deepCopy();
        if (feed == Feed.RECORDINGS) {
            ArrayNode types = row.putObject("_read_only").putArray("content_types");
            if (blob != null) {
                types.add(blob.kind().contentType);
            }
        }
        return Json.asRead(row);
    }

    /** As a list has it now, and this is sent. A reseller is told more of a call. */
    synchronized JsonNode serve(boolean reseller) {
        ObjectNode row = (ObjectNode) listed();
        if (reseller && feed == Feed.CDRS) {
            row.put("reseller_cost", "0").put("reseller_call_type", "");
        }
        served.add(row);
        return row;
    }

    /** Each form in which a list has ever sent it. */
    synchronized Set<JsonNode> served() {
        return Set.copyOf(served);
    }

    /** As it is answered when asked for alone. */
    synchronized JsonNode single() {
        ObjectNode document = json.deepCopy();
        if (feed == Feed.FAXES) {
            document.putObject("_read_only").put("created", created).put("status", "completed");
        }
        if (feed == Feed.CDRS) {
            document.put("timestamp", created).put("call_direction", json.path("direction").asText());
        }
        return document;
    }

    @Override
    public String toString() {
        return feed.key() + " " + id;
    }
}
