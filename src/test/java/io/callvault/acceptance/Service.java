// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.acceptance.Operations.Match;
import io.callvault.acceptance.RateGroups.Verdict;
import io.callvault.acceptance.Tokens.User;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Decides what to answer: published or not, allowed or not, within the budget or not, and then what there is. */
final class Service {

    private final String base;
    private final Foreign foreign;
    private final Clock clock;
    private final Doorman doorman;
    private final Tokens tokens;
    private final RateGroups groups;
    private final Switches switches;
    private final Consumer<String> violations;

    Service(
            String base,
            Foreign foreign,
            Clock clock,
            Doorman doorman,
            Tokens tokens,
            RateGroups groups,
            Switches switches,
            Consumer<String> violations) {
        this.base = base;
        this.foreign = foreign;
        this.clock = clock;
        this.doorman = doorman;
        this.tokens = tokens;
        this.groups = groups;
        this.switches = switches;
        this.violations = violations;
    }

    Answer answer(Seen request) {
        Optional<Match> found = Operations.find(request.method(), request.path());
        if (found.isEmpty()) {
            violations.accept("not published: " + request);
            return Operations.isPath(request.path())
                    ? Answer.error(405, "CMN-405", "Method is not allowed")
                    : Answer.error(404, "CMN-120", "Invalid URI");
        }
        Match match = found.get();
        Optional<String> complaint = Operations.complaint(match.operation(), request.parameters());
        if (complaint.isPresent()) {
            violations.accept(complaint.get() + ": " + request);
            return Answer.error(400, "CMN-101", complaint.get());
        }
        if (request.kind() == Seen.Kind.TOKEN) {
            return limited("auth", match, () -> doorman.answer(request, match.operation().name()));
        }
        if (match.operation().group() == RateGroups.Group.NONE) {
            return Answer.json(200, Json.object().put("uri", base + request.path()));
        }
        if (request.bearer() == null) {
            violations.accept("without a token: " + request);
            return Answer.error(401, "AGW-401", "Authorization header is not specified");
        }
        User user = tokens.byToken(request.bearer());
        if (user == null) {
            return Answer.error(401, "OAU-128", "Access token expired");
        }
        if (switches.takesSameRequest()) {
            return Answer.error(429, "CMN-304", "The same request is still running");
        }
        return limited(user.key(), match, () -> permitted(request, match, user));
    }

    private Answer limited(String user, Match match, java.util.function.Supplier<Answer> then) {
        Verdict verdict = groups.ask(user, match.operation().group());
        Answer answer = verdict.refused()
                ? Answer.error(429, "CMN-301", "Request rate exceeded")
                        .with("Retry-After", Long.toString(verdict.retryAfter().toSeconds()))
                : then.get();
        if (!verdict.refused() && !switches.rateHeadersNow()) {
            return answer;
        }
        return answer.with("X-Rate-Limit-Group", match.operation().group().header())
                .with("X-Rate-Limit-Limit", Integer.toString(verdict.limit().requests()))
                .with("X-Rate-Limit-Remaining", Integer.toString(verdict.remaining()))
                .with(
                        "X-Rate-Limit-Window",
                        Long.toString(verdict.limit().window().toSeconds()));
    }

    private Answer permitted(Seen request, Match match, User user) {
        int busy = switches.takesBusy();
        if (busy > 0) {
            return Answer.html(503, "text/html").with("Retry-After", Integer.toString(busy));
        }
        if (switches.isUnavailable(request)) {
            return Answer.html(503, "text/html");
        }
        Company company = user.company();
        String account = match.path().get(0);
        if (!account.equals("~") && !account.equals(company.account())) {
            violations.accept("account of somebody else: " + request);
            return Contents.notFound("accountId");
        }
        String extension = extension(request, match, user);
        if (extension != null && company.extension(extension) == null) {
            return Contents.notFound("extensionId");
        }
        return switch (match.operation().name()) {
            case "account" -> Answer.json(200, account(company));
            case "call-recording" -> settings(Answer.json(200, retention()));
            case "store-configuration" -> settings(
                    switches.messageDays() == null
                            ? Answer.error(403, "CMN-401", "application needs to have [EditAccounts] permission")
                            : Answer.json(200, Json.object().put("retentionPeriod", switches.messageDays())));
            case "authz-check" -> Answer.json(
                    200,
                    Json.object()
                            .put(
                                    "successful",
                                    company.mayDelete()
                                            || !String.valueOf(request.parameter("permissionId"))
                                                    .startsWith("Edit")));
            case "authz-profile" -> Answer.json(200, permissions(company));
            case "extension" -> Answer.json(200, extension(company, extension));
            case "extensions" -> Answer.json(200, extensions(company, request));
            case "call-log" -> company.isCallLogDenied()
                    ? Answer.error(403, "CMN-408", "In order to call this API endpoint, user needs [FullCompanyCallLog]")
                    : calls(company, null, request);
            case "extension-call-log" -> company.isForbidden(extension)
                    ? Answer.error(403, "CMN-419", "user needs to have [ReadCallLog] permission with extended scope")
                    : calls(company, extension, request);
            case "messages" -> messages(company, extension, request);
            case "recording" -> recording(company, match.path().get(1));
            case "recording-content" ->
                Contents.answer(company.content(canonical(request, company, null)), request, foreign.base());
            case "message-content" ->
                company.isForbidden(extension)
                        ? forbidden()
                        : Contents.answer(
                                company.content(canonical(request, company, extension)), request, foreign.base());
            case "delete-recordings" -> company.deletions().recordings(request, violations);
            case "delete-message" -> company.deletions().message(extension, match.path().get(2), request);
            case "call-record" -> one(company.calls(), match.path().get(1), "callRecordId");
            case "message" -> one(company.mailbox(extension), match.path().get(2), "messageId");
            // Published, but this account does not have it; the documents say to fall back on windows.
            default -> Answer.error(403, "CMN-408", "This feature is not available for this account");
        };
    }

    private static String extension(Seen request, Match match, User user) {
        if (!request.path().matches(".*/extension/[^/]+(/.*)?")) {
            return null;
        }
        String named = match.path().get(1);
        return named.equals("~") ? user.extension() : named;
    }

    /** The path as it stands in a contentUri, with ids in place of every tilde. */
    private static String canonical(Seen request, Company company, String extension) {
        String path = request.path().replace("/account/~/", "/account/" + company.account() + "/");
        return extension == null ? path : path.replace("/extension/~/", "/extension/" + extension + "/");
    }

    private static ObjectNode account(Company company) {
        return Json.object()
                .put("id", Long.parseLong(company.account()))
                .put("mainNumber", "+14155550100")
                .put("status", "Confirmed");
    }

    private Answer settings(Answer answer) {
        return switches.settings() == null ? answer : switches.settings();
    }

    private ObjectNode retention() {
        ObjectNode settings = Json.object();
        settings.putObject("onDemand").put("enabled", true).put("retentionPeriod", switches.onDemandDays());
        settings.putObject("automatic")
                .put("enabled", true)
                .put("extensionCount", 3)
                .put("retentionPeriod", switches.automaticDays())
                .put("maxNumberLimit", 100_000);
        return settings;
    }

    private static ObjectNode permissions(Company company) {
        List<String> ids = new ArrayList<>(
                List.of("FullCompanyCallLog", "ReadCallLog", "ReadCallRecording", "ReadMessages"));
        if (company.mayDelete()) {
            ids.addAll(List.of("EditCompanyCallRecordings", "EditMessages"));
        }
        ObjectNode body = Json.object();
        for (String id : ids) {
            body.withArray("permissions").addObject().putObject("permission").put("id", id);
        }
        return body;
    }

    private static ObjectNode extension(Company company, String extension) {
        ObjectNode body = company.extension(extension);
        body.putObject("account").put("id", company.account());
        return body;
    }

    private ObjectNode extensions(Company company, Seen request) {
        List<String> statuses = request.parameters().get("status");
        List<String> types = request.parameters().get("type");
        List<JsonNode> rows = company.extensions().stream()
                .filter(row -> statuses == null || statuses.contains(row.path("status").asText()))
                .filter(row -> types == null || types.contains(row.path("type").asText()))
                .map(JsonNode.class::cast)
                .toList();
        return page(company, rows, request, "extension", 1000, true);
    }

    /** @param extension whose calls; null for everybody's */
    private Answer calls(Company company, String extension, Seen request) {
        boolean detailed = "Detailed".equals(request.parameter("view"));
        Listing.Window window = Listing.Window.of(request, clock.instant());
        List<String> types = request.parameters().get("type");
        List<String> directions = request.parameters().get("direction");
        boolean recorded = request.parameter("recordingType") != null
                || "true".equals(request.parameter("withRecording"));
        List<JsonNode> rows = company.calls().stream()
                .filter(row -> window.holds(row.at()))
                .map(Row::json)
                .filter(row -> extension == null
                        || row.path("extension").path("id").asText().equals(extension))
                .filter(row -> types == null || types.contains(row.path("type").asText()))
                .filter(row -> directions == null
                        || directions.contains(row.path("direction").asText()))
                .filter(row -> !recorded || row.has("recording"))
                .map(row -> detailed || !row.isObject() ? row : Call.simple((ObjectNode) row))
                .toList();
        return Answer.json(200, page(company, rows, request, extension == null ? "call-log" : "extension/" + extension + "/call-log", detailed ? 250 : 1000, false));
    }

    private Answer messages(Company company, String extension, Seen request) {
        if (company.isForbidden(extension)) {
            return forbidden();
        }
        Listing.Window window = Listing.Window.of(request, clock.instant());
        List<String> types = request.parameters().get("messageType");
        List<String> availability = request.parameters().getOrDefault("availability", List.of("Alive"));
        List<String> owners = request.parameters().getOrDefault("owner", List.of("Personal"));
        List<String> directions = request.parameters().get("direction");
        List<JsonNode> rows = company.mailbox(extension).stream()
                .filter(row -> window.holds(row.at()))
                .filter(row -> types == null || types.contains(row.type().name()))
                .filter(row -> owners.contains("Any") || owners.contains(row.ownerIn(extension)))
                .map(Row::json)
                .filter(row -> availability.contains(row.path("availability").asText()))
                .filter(row -> directions == null
                        || directions.contains(row.path("direction").asText()))
                .toList();
        return Answer.json(
                200, page(company, rows, request, "extension/" + extension + "/message-store", 1000, true));
    }

    private ObjectNode page(
            Company company, List<JsonNode> rows, Seen request, String list, int published, boolean totals) {
        int cap = switches.cap(published);
        String path = company.url(list).substring(base.length());
        ObjectNode page = Listing.page(rows, request, base, base, path, cap, totals);
        if (page.path("navigation").has("nextPage") && switches.takesForeignLink()) {
            return Listing.page(rows, request, base, foreign.base(), path, cap, totals);
        }
        return page;
    }

    private static Answer recording(Company company, String id) {
        Optional<Media> media = company.recordings().stream()
                .filter(recording -> recording.id().equals(id))
                .findAny();
        return media.map(found -> Answer.json(
                        200,
                        company.recordingLink(found)
                                .put("contentType", found.contentType())
                                .put("duration", 184)))
                .orElse(Contents.notFound("callRecordingId"));
    }

    private static Answer one(List<? extends Row> rows, String id, String parameter) {
        return rows.stream()
                .map(Row::json)
                .filter(row -> row.path("id").asText().equals(id))
                .findFirst()
                .map(row -> Answer.json(200, row))
                .orElse(Contents.notFound(parameter));
    }

    private static Answer forbidden() {
        return Answer.error(
                403,
                "CMN-419",
                "In order to call this API endpoint, user needs to have [ReadMessages] permission for requested"
                        + " resource with extended scope");
    }
}
