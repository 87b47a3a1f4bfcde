// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.acceptance.Json;
import io.callvault.acceptance.kazoo.Listing.Entry;
import io.callvault.acceptance.kazoo.Operations.Match;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Decides what to answer: within the budget or not, published or not, allowed or not, and then what there is. */
final class Service {

    private final Map<String, Account> accounts;
    private final Clock clock;
    private final Doorman doorman;
    private final Tokens tokens;
    private final Buckets buckets;
    private final Listing listing;
    private final Downloads downloads;
    private final Consumer<String> violations;

    Service(
            Map<String, Account> accounts,
            Clock clock,
            Tokens tokens,
            Buckets buckets,
            String storage,
            Consumer<String> violations) {
        this.accounts = accounts;
        this.clock = clock;
        this.tokens = tokens;
        this.buckets = buckets;
        this.violations = violations;
        this.doorman = new Doorman(accounts.values(), tokens, violations);
        this.listing = new Listing(violations);
        this.downloads = new Downloads(storage);
    }

    Reply answer(Asked request) {
        try {
            return decided(request);
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private Reply decided(Asked request) {
        if (!buckets.takes(request.account() == null ? "no_account" : request.account())) {
            return Reply.error(429, "too_many_requests", "too many requests");
        }
        Optional<Match> found = Operations.find(request.method(), request.path());
        if (found.isEmpty()) {
            violations.accept("not published, or nothing an archiver should ask: " + request);
            return Operations.isPath(request.path())
                    ? Reply.error(405, "invalid_method", "method not allowed")
                    : Reply.badIdentifier(request.path());
        }
        Match match = found.get();
        Operations.complaint(match.operation(), request.parameters())
                .ifPresent(complaint -> violations.accept(complaint + ": " + request));
        if (request.kind() == Asked.Kind.TOKEN) {
            return doorman.answer(request, match.operation().name());
        }
        Account asker = asker(request);
        if (request.account() == null) {
            return Reply.json(200, Listing.success(Json.object().put("account_id", asker.id())));
        }
        return permitted(request, match, asker, account(request, asker));
    }

    /** Whose token it is. Only the one header is good manners: an address is written into logs on its way. */
    private Account asker(Asked request) {
        String token = request.headers().get("x-auth-token");
        if (token == null) {
            violations.accept("without X-Auth-Token: " + request);
            throw new Refusal(unauthorized(true));
        }
        Account asker = tokens.byToken(token);
        if (asker == null) {
            Account account = accounts.get(request.account());
            throw new Refusal(unauthorized(account != null && account.switches().isFive()));
        }
        return asker;
    }

    private static Reply unauthorized(boolean five) {
        return five
                ? Reply.error(401, "invalid credentials", Json.object())
                : Reply.error(401, "invalid_credentials", "invalid credentials");
    }

    private Account account(Asked request, Account asker) {
        Account account = accounts.get(request.account());
        if (account == null) {
            throw new Refusal(Reply.badIdentifier(request.account()));
        }
        if (!asker.mayAsk(account) || account.switches().isForbidden()) {
            throw new Refusal(Reply.error(403, "forbidden", "forbidden"));
        }
        return account;
    }

    private Reply permitted(Asked request, Match match, Account asker, Account account) {
        Feed feed = match.operation().feed();
        if (feed != null && account.switches().isStopped(feed)) {
            return Reply.badIdentifier(feed.key());
        }
        boolean isList = feed != null && request.kind() == Asked.Kind.LIST;
        if (isList && account.switches().takesUnreachable()) {
            return Reply.unreachable();
        }
        if (isList && account.switches().takesMissingView()) {
            return Reply.error(503, "datastore missing view", "datastore missing view");
        }
        List<String> path = match.path();
        boolean reseller = !asker.children().isEmpty();
        return switch (match.operation().name()) {
            case "account" -> Reply.json(200, Listing.success(describe(account)));
            case "children" -> accounts(request, account, account.children());
            case "descendants" -> accounts(request, account, account.descendants());
            case "users" -> things(request, account, account.users());
            case "user" -> thing(account.users(), path.get(1));
            case "recordings" -> rows(request, account, feed, row -> true, unique(), reseller);
            case "user-recordings" -> rows(request, account, feed, owner(path), unique(), reseller);
            case "recording" -> downloads.recording(request, row(account, feed, "", path.get(1)));
            case "cdrs" -> rows(request, account, feed, row -> true, unique(), reseller);
            case "user-cdrs" -> rows(request, account, feed, owner(path), unique(), reseller);
            case "interactions" -> interactions(request, account, reseller);
            case "legs" -> legs(request, account, path.get(1));
            case "cdr" -> Reply.json(200, Listing.success(row(account, feed, "", path.get(1)).single()));
            case "vmboxes" -> things(request, account, account.boxes());
            case "vmbox" -> thing(account.boxes(), path.get(1));
            case "all-messages" -> messages(request, account);
            case "messages" -> rows(request, account, feed, place(box(account, path.get(1))), byTime(), reseller);
            case "message" -> Reply.json(200, Listing.success(row(account, feed, path.get(1), path.get(2)).single()));
            case "raw" -> downloads.voicemail(request, row(account, feed, path.get(1), path.get(2)));
            case "faxes" -> faxes(request, account, path.get(1), row -> true, unique());
            case "user-faxes" -> faxes(request, account, path.get(2), owner(path), byTime());
            case "faxbox-faxes" -> faxes(
                    request, account, path.get(2), row -> row.text("faxbox_id").equals(path.get(1)), byTime());
            case "fax" -> Reply.json(200, Listing.success(fax(account, path.get(1), path.get(2)).single()));
            case "attachment" -> downloads.fax(request, fax(account, path.get(1), path.get(2)));
            case "delete-recording" -> account.deletions().delete(account, row(account, feed, "", path.get(1)));
            case "patch-recording" -> account.deletions().patch(request, account, row(account, feed, "", path.get(1)));
            case "patch-recordings" -> account.deletions().patchAll(request, account, id -> row(account, feed, "", id));
            case "delete-message" -> account.deletions()
                    .delete(account, row(account, feed, path.get(1), path.get(2)));
            case "delete-fax" -> account.deletions().delete(account, fax(account, path.get(1), path.get(2)));
            default -> throw new IllegalStateException(match.operation().name());
        };
    }

    /** Keys of recordings and CDRs hold the document's id. */
    private static Function<Row, String> unique() {
        return row -> row.created() + "|" + row.id();
    }

    /** Keys of a box's messages, and of a user's or fax box's faxes, do not. */
    private static Function<Row, String> byTime() {
        return row -> Long.toString(row.created());
    }

    private static Predicate<Row> owner(List<String> path) {
        return row -> row.text("owner_id").equals(path.get(1));
    }

    private static Predicate<Row> place(String place) {
        return row -> row.place().equals(place);
    }

    private Reply rows(
            Asked request,
            Account account,
            Feed feed,
            Predicate<Row> which,
            Function<Row, String> key,
            boolean reseller) {
        List<Entry> entries = found(request, account, feed, which).stream()
                .map(row -> new Entry(key.apply(row), row.id(), () -> row.serve(reseller)))
                .toList();
        return listing.answer(request, account.switches(), entries, feed == Feed.CDRS);
    }

    private List<Row> found(Asked request, Account account, Feed feed, Predicate<Row> which) {
        Range range = Range.of(
                request, clock.instant(), account.switches().maximumRange(), feed == Feed.VOICEMAILS, violations);
        return account.rows(feed).stream()
                .filter(row -> range.finds(row.created(), row.database()) && which.test(row))
                .filter(row -> !row.isHidden() || request.is("include", "soft_delete"))
                .toList();
    }

    /** One row a call: the first of its legs. */
    private Reply interactions(Asked request, Account account, boolean reseller) {
        Collection<Row> first = found(request, account, Feed.CDRS, row -> true).stream()
                .collect(Collectors.toMap(row -> row.text("interaction_id"), row -> row, (one, other) -> one))
                .values();
        List<Entry> entries = first.stream()
                .map(row -> new Entry(unique().apply(row), row.id(), () -> ((ObjectNode) row.serve(reseller).deepCopy())
                        .put("inception_direction", "inbound")))
                .toList();
        return listing.answer(request, account.switches(), entries, true);
    }

    private Reply legs(Asked request, Account account, String id) {
        List<Entry> legs = account.rows(Feed.CDRS).stream()
                .filter(row -> row.id().equals(id) || row.text("interaction_id").equals(id))
                .map(row -> new Entry(unique().apply(row), row.id(), () -> row.serve(false)))
                .toList();
        return listing.answer(request, account.switches(), legs, false);
    }

    /** Every box's messages, each wrapped in the id of its box. */
    private Reply messages(Asked request, Account account) {
        List<Entry> entries = found(request, account, Feed.VOICEMAILS, row -> true).stream()
                .map(row -> new Entry(
                        byTime().apply(row), row.id(), () -> Json.object().set(row.place(), row.serve(false))))
                .toList();
        return listing.answer(request, account.switches(), entries, false);
    }

    private Reply faxes(
            Asked request, Account account, String folder, Predicate<Row> which, Function<Row, String> key) {
        Predicate<Row> here = place(folder(folder));
        return folder.equals("outgoing") || folder.equals("smtplog")
                ? listing.answer(request, account.switches(), List.of(), false)
                : rows(request, account, Feed.FAXES, here.and(which), key, false);
    }

    private static String folder(String folder) {
        return folder.equals("incoming") ? "inbox" : folder;
    }

    /** Asked for in the wrong folder, a fax is a failure of the server, not a miss. */
    private Row fax(Account account, String folder, String id) {
        Row row = row(account, Feed.FAXES, null, id);
        if (!row.place().equals(folder(folder))) {
            throw new Refusal(Reply.error(500, "document is not in folder " + folder, Json.object()));
        }
        return row;
    }

    private static String box(Account account, String box) {
        if (account.boxes().stream().noneMatch(each -> each.path("id").asText().equals(box))) {
            throw new Refusal(Reply.badIdentifier(box));
        }
        return box;
    }

    /** The document that lies in the monthly database of its own id; any other place is not looked at. */
    private static Row row(Account account, Feed feed, String place, String id) {
        return account.rows(feed).stream()
                .filter(row -> row.id().equals(id) && id.startsWith(row.database() + "-"))
                .filter(row -> place == null || row.place().equals(place))
                .findFirst()
                .orElseThrow(() -> new Refusal(Reply.badIdentifier(id)));
    }

    private Reply accounts(Asked request, Account account, List<Account> some) {
        List<Entry> entries = some.stream()
                .map(each -> new Entry(each.name(), each.id(), () -> describe(each)))
                .toList();
        return listing.answer(request, account.switches(), entries, false);
    }

    private static JsonNode describe(Account account) {
        ObjectNode description = Json.object().put("id", account.id()).put("name", account.name());
        description.put("realm", account.realm());
        account.tree().forEach(description.putArray("tree")::add);
        description.putArray("flags");
        return description;
    }

    private Reply things(Asked request, Account account, List<ObjectNode> things) {
        List<Entry> entries = new ArrayList<>();
        things.forEach(thing -> entries.add(new Entry(
                thing.path("id").asText(), thing.path("id").asText(), () -> thing)));
        return listing.answer(request, account.switches(), entries, false);
    }

    private static Reply thing(List<ObjectNode> things, String id) {
        return things.stream()
                .filter(thing -> thing.path("id").asText().equals(id))
                .findFirst()
                .map(thing -> Reply.json(200, Listing.success(thing)))
                .orElseGet(() -> Reply.badIdentifier(id));
    }
}
