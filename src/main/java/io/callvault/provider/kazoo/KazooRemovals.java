// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopCustomerException;
import io.callvault.json.ExactJson;
import io.callvault.model.ReleaseMode;
import io.callvault.provider.Removable;
import io.callvault.provider.Removal;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Kazoo gives up.
 *
 * <p>A deletion hides a document at once; a task removes it with its binary later, some time within a day or two, and
 * nothing brings it back but an operator in the database (source of 4.3 and 5: crossbar_doc, tasks). What an own storage plan
 * put elsewhere stays there.
 *
 * <p>{@code soft_delete} is a member of a recording's document that a patch of 2020 brought, which was never merged (2600hz/kazoo,
 * pull requests 6537 and 6541). Whether a server has it is told by nothing but its answer: others refuse the method (4.3) or the
 * member (5). Therefore the first of each run is asked for alone.
 */
final class KazooRemovals {

    private static final String COLLECTION = "/collection";

    /** How many a collection may name is not said; so many are a page. */
    private static final int AT_ONCE = 50;

    private KazooRemovals() {}

    static List<List<Removable>> atOnce(KazooAccount account, ReleaseMode mode, List<Removable> things) {
        if (mode == ReleaseMode.DELETE || things.isEmpty()) {
            return Removable.lists(things, 1);
        }
        Map<String, List<Removable>> places = new LinkedHashMap<>();
        things.subList(1, things.size())
                .forEach(thing -> places.computeIfAbsent(place(account, thing).path(), none -> new ArrayList<>())
                        .add(thing));
        List<List<Removable>> lists = new ArrayList<>(List.of(List.of(things.get(0))));
        places.values().forEach(each -> lists.addAll(Removable.lists(each, AT_ONCE)));
        return lists;
    }

    static Removal removal(KazooAccount account, ReleaseMode mode, List<Removable> things, Instant now) {
        Removable first = things.get(0);
        String which = things.size() == 1 ? first.item() : things.size() + " recordings";
        if (mode == ReleaseMode.DELETE) {
            String address = first.uri().replaceFirst("/(raw|attachment)$", "");
            return new Removal("delete " + which, "api", "DELETE", address, null, null);
        }
        ObjectNode body = ExactJson.MAPPER.createObjectNode();
        ObjectNode data = body.putObject("data");
        if (things.size() > 1) {
            ArrayNode ids = data.putArray("recordings");
            things.forEach(thing -> ids.add(id(thing)));
        }
        ObjectNode mark = data.putObject("soft_delete");
        mark.putObject("deleted_by").put("account_id", account.id());
        mark.put("deleted_at", Gregorian.of(now));
        String address = things.size() > 1
                ? place(account, first).path() + "/recordings" + COLLECTION
                : first.uri();
        return new Removal("mark " + which + " as deleted", "api", "PATCH", address, body.toString(), null);
    }

    /** What the answer does not show as marked was kept. */
    static Map<String, String> notRemoved(ReleaseMode mode, List<Removable> things, byte[] body) {
        Map<String, String> kept = new LinkedHashMap<>();
        if (mode == ReleaseMode.DELETE) {
            return kept;
        }
        JsonNode data = data(body);
        if (things.size() == 1) {
            if (!data.path("soft_delete").isObject()) {
                throw notKnown("Tried to mark " + things.get(0).item()
                        + " as deleted and Kazoo said that it was done, but its answer does not show it");
            }
            return kept;
        }
        for (Removable thing : things) {
            JsonNode marked = data.path("success").path(id(thing));
            if (!marked.path("soft_delete").isObject()) {
                JsonNode failure = data.path("failure").path(id(thing));
                kept.put(thing.item(), failure.path("message").asText("not named in the answer"));
            }
        }
        return kept;
    }

    /** The method is refused, or the member. */
    static boolean isNotKnown(int status, JsonNode json, Removal removal) {
        return removal.method().equals("PATCH")
                && (status == 405 || (status == 400 && json.path("data").path("soft_delete").isObject()));
    }

    static StopCustomerException notKnown(String sentence) {
        return new StopCustomerException(
                ErrorCode.RELEASE_NOT_KNOWN,
                sentence + ". This Kazoo does not know soft_delete, as most do not; nothing was changed. With release = delete"
                        + " it hides a recording at once, and removes it at its next cleaning");
    }

    /** Whether a refusal speaks of what was to be given up. */
    static boolean isNamed(JsonNode data, Removal removal) {
        String address = removal.address();
        String id = URLDecoder.decode(address.substring(address.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
        for (JsonNode each : data.isArray() ? data : List.of(data.path("cause"), data.path("details"))) {
            if (each.asText("").equals(id)) {
                return true;
            }
        }
        return false;
    }

    private static Place place(KazooAccount account, Removable thing) {
        return Place.ofRecord(account.id(), thing.recordId());
    }

    /** Without the account that is kept before the id of a sub-account's. */
    private static String id(Removable thing) {
        String id = thing.id();
        return id.substring(id.indexOf('/') + 1);
    }

    private static JsonNode data(byte[] body) {
        try {
            return ExactJson.MAPPER
                    .readTree(Redaction.refusal(new String(body, StandardCharsets.UTF_8)))
                    .path("data");
        } catch (IOException e) {
            return ExactJson.MAPPER.missingNode();
        }
    }
}
