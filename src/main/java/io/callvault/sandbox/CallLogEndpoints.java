// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The call log of the account, of one extension, and single rows of it. */
final class CallLogEndpoints {

    private static final Set<String> PARAMETERS = Set.of(
            "view",
            "dateFrom",
            "dateTo",
            "type",
            "direction",
            "recordingType",
            "withRecording",
            "extensionNumber",
            "phoneNumber",
            "sessionId",
            "telephonySessionId",
            "metadataCategory",
            "showDeleted",
            "page",
            "perPage");
    private static final Set<String> OF_EXTENSION = Set.of("showBlocked", "transport");

    private final Site site;
    private final CallRows rows;

    CallLogEndpoints(Site site) {
        this.site = site;
        this.rows = new CallRows(site.addresses(), site.world());
    }

    List<Endpoint> all() {
        String account = "/restapi/v1.0/account/*";
        Set<String> own = new HashSet<>(PARAMETERS);
        own.addAll(OF_EXTENSION);
        return List.of(
                new Endpoint("GET", account + "/call-log", RateGroup.HEAVY, PARAMETERS, this::ofAccount),
                new Endpoint("GET", account + "/call-log/*", RateGroup.HEAVY, Set.of("view"), this::one),
                new Endpoint("GET", account + "/extension/*/call-log", RateGroup.HEAVY, own, this::ofExtension));
    }

    private Answer ofAccount(Request request) throws Refusal {
        site.account(request);
        return list(request, call -> true);
    }

    private Answer ofExtension(Request request) throws Refusal {
        site.account(request);
        Extension extension = site.extension(request);
        return list(request, call -> call.concerns(extension));
    }

    private Answer one(Request request) throws Refusal {
        site.account(request);
        Function<Call, ObjectNode> view = view(new Parameters(request));
        for (Call call : site.world().calls()) {
            if (call.id().equals(request.capture(1))) {
                return Answer.json(200, view.apply(call));
            }
        }
        throw Refusal.notFound("callRecordId");
    }

    private Answer list(Request request, Predicate<Call> whose) throws Refusal {
        Parameters parameters = new Parameters(request);
        Predicate<Call> wanted = whose.and(filter(parameters));
        List<Call> found = site.world().calls().stream().filter(wanted).toList();
        return site.page(request, found, false, view(parameters));
    }

    private Function<Call, ObjectNode> view(Parameters parameters) throws Refusal {
        boolean isDetailed =
                parameters.oneOf("view", "Simple", "Simple", "Detailed").equals("Detailed");
        return isDetailed ? rows::detailed : rows::simple;
    }

    /** Both ends of the time span belong to it; it counts the start of a call, whenever the call ended. */
    private static Predicate<Call> filter(Parameters parameters) throws Refusal {
        parameters.flag("showDeleted");
        String session = parameters.one("sessionId");
        if (session != null) {
            if (parameters.one("dateFrom") != null || parameters.one("phoneNumber") != null) {
                throw Refusal.of(400, "CLG-110", "Parameter [sessionId] is not allowed with other filters");
            }
            return call -> call.session().equals(session);
        }
        Parameters.Span span = parameters.span();
        Predicate<Call> filter = call -> span.contains(call.start());
        List<String> types = parameters.several("type", "Voice", "Fax");
        if (!types.isEmpty()) {
            filter = filter.and(call -> types.contains(call.type()));
        }
        List<String> directions = parameters.several("direction", "Inbound", "Outbound");
        if (!directions.isEmpty()) {
            filter = filter.and(call -> directions.contains(call.direction()));
        }
        return filter.and(recorded(parameters)).and(parties(parameters));
    }

    /** Whether a row counts whose only recording is on a leg is not documented; here it does not. */
    private static Predicate<Call> recorded(Parameters parameters) throws Refusal {
        String type = parameters.oneOf("recordingType", null, "Automatic", "OnDemand", "All");
        boolean any = parameters.flag("withRecording");
        if (type == null) {
            return call -> !any || call.recording() != null;
        }
        return call -> call.recording() != null
                && (type.equals("All") || call.recording().onDemand() == type.equals("OnDemand"));
    }

    private static Predicate<Call> parties(Parameters parameters) {
        String telephony = parameters.one("telephonySessionId");
        String extension = parameters.one("extensionNumber");
        String number = parameters.one("phoneNumber");
        return call -> (telephony == null || CallScript.telephonySession(call.session()).equals(telephony))
                && (extension == null || extension.equals(call.extension().number()))
                && (number == null || has(call.from(), number) || has(call.to(), number));
    }

    /** The parameter has no plus sign in front. */
    private static boolean has(Party party, String number) {
        return party != null && ("+" + number).equals(party.number());
    }
}
