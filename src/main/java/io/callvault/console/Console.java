// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.callvault.config.CustomerSettings;
import io.callvault.forecast.ForecastInput;
import io.callvault.ledger.CustomerCounts;
import io.callvault.ledger.DeadSelection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests. For any number of threads; each answer takes some reads of the ledger. */
public final class Console {

    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " media-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
            + " frame-ancestors 'none'";

    /** Of what a page shows within itself. A browser's own viewer of PDF needs its styles. */
    private static final String SHOWN_POLICY = "script-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private final TemplateEngine templates =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "io.callvault.console.pages");
    private final Desk desk;
    private final Access access;
    private final Assets assets = new Assets();
    private final Media media;
    private final DayBook days;
    private final Guide guide = Guide.read();

    public Console(Desk desk) {
        this(desk, null);
    }

    /** @param before the console that this one takes the place of: who is signed in there is so here; null for none */
    public Console(Desk desk, Console before) {
        this.desk = desk;
        this.access = new Access(
                desk.configuration().consoleUsers(),
                desk.customers(),
                desk.configuration().placeholders()::resolve,
                desk.clock(),
                before == null ? null : before.access);
        this.media = new Media(desk);
        this.days = new DayBook(desk.ledger(), desk.clock());
    }

    /** Never fails: what went wrong is in the answer. */
    public Reply answer(Ask ask) {
        Reply reply;
        try {
            reply = route(ask);
        } catch (Refusal e) {
            reply = problem(e.status(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The console could not answer {} {}", ask.method(), ask.path(), e);
            reply = problem(500, "This is a bug of Callvault; its log says more.");
        }
        boolean isShown = ask.path().endsWith("/item") && reply.status() < 400;
        reply = reply.with("Content-Security-Policy", isShown ? SHOWN_POLICY : POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "same-origin")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cross-Origin-Resource-Policy", "same-origin");
        return reply.headers().containsKey("Cache-Control") ? reply : reply.with("Cache-Control", "no-store");
    }

    private Reply route(Ask ask) {
        boolean isReading = ask.method().equals("GET") || ask.method().equals("HEAD");
        if (!isReading && !ask.method().equals("POST")) {
            return Reply.text(405, "Only GET, HEAD and POST are understood.").with("Allow", "GET, HEAD, POST");
        }
        List<String> path = ask.pieces();
        Visitor visitor = access.visitor(ask);
        if (isReading && path.size() == 2 && path.get(0).equals("assets")) {
            return assets.get(path.get(1));
        }
        if (path.equals(List.of("login")) && access.hasUsers()) {
            return isReading ? login(200, null) : login(ask);
        }
        if (visitor == null) {
            return isReading && path.size() < 4 && !ask.path().endsWith("/item")
                    ? Reply.to("/login")
                    : problem(401, "Sign in first.");
        }
        return isReading ? page(ask, path, visitor) : action(ask, path, visitor);
    }

    private Reply login(Ask ask) {
        Access.Login login = access.login(ask);
        return login.cookie() == null
                ? login(login.status(), login.sentence())
                : Reply.to("/").with("Set-Cookie", login.cookie());
    }

    private Reply login(int status, String sentence) {
        return page(status, "login", frame("Sign in", "", null, null), new LoginPage(sentence));
    }

    private Reply page(Ask ask, List<String> path, Visitor visitor) {
        if (path.isEmpty()) {
            return home(visitor);
        }
        if (path.equals(List.of("search"))) {
            return search(ask, visitor);
        }
        if (path.size() < 2 || !path.get(0).equals("customers")) {
            throw Refusal.notFound("There is no such page.");
        }
        String customer = visitor.require(path.get(1));
        if (path.size() == 5 && path.get(2).equals("records")) {
            RecordPage page = RecordPage.of(desk, customer, path.get(3), path.get(4));
            return page(200, "record", frame("Record " + path.get(4), "", customer, visitor), page);
        }
        return switch (path.size() == 2 ? "" : path.size() == 3 ? path.get(2) : "-") {
            case "" -> overview(customer, visitor);
            case "failures" -> failures(ask, customer, visitor);
            case "days" -> days(ask, customer, visitor);
            case "forecast" -> forecast(customer, visitor);
            case "item" -> media.get(ask, customer, ask.parameter("name"), visitor.name());
            default -> throw Refusal.notFound("There is no such page.");
        };
    }

    private Reply home(Visitor visitor) {
        return visitor.customers().size() == 1
                ? Reply.to("/customers/" + visitor.customers().get(0))
                : page(
                        200,
                        "customers",
                        frame("Customers", "", null, visitor),
                        new CustomersPage(desk.ledger().counts(visitor.customers())));
    }

    private Reply search(Ask ask, Visitor visitor) {
        String customer = ask.parameter("customer");
        if (!customer.isEmpty()) {
            visitor.require(customer);
        }
        String whose = customer.isEmpty() && visitor.customers().size() == 1 ? visitor.customers().get(0) : customer;
        return page(
                200,
                "search",
                frame("Search", "search", whose.isEmpty() ? null : whose, visitor),
                SearchPage.of(ask, desk, visitor.customers()));
    }

    private Reply overview(String customer, Visitor visitor) {
        CustomerSettings settings = desk.configuration().customers().get(customer);
        CustomerCounts counts = desk.ledger().counts(List.of(customer)).get(0);
        return page(
                200,
                "overview",
                frame(customer, "overview", customer, visitor),
                OverviewPage.of(
                        counts,
                        settings,
                        days.of(customer, settings.timeZone()),
                        desk.ledger().reports().releases(customer, null, null),
                        desk.clock().instant()));
    }

    private Reply failures(Ask ask, String customer, Visitor visitor) {
        return page(
                200,
                "failures",
                frame("Failures of " + customer, "failures", customer, visitor),
                FailuresPage.of(desk, customer, guide, ask.parameter("again")));
    }

    private Reply days(Ask ask, String customer, Visitor visitor) {
        CustomerSettings settings = desk.configuration().customers().get(customer);
        return page(
                200,
                "days",
                frame("Completeness of " + customer, "days", customer, visitor),
                DaysPage.of(
                        days.of(customer, settings.timeZone()),
                        desk.clock().instant().atZone(settings.timeZone()).toLocalDate(),
                        ask.parameter("until"),
                        settings.timeZone()));
    }

    private Reply forecast(String customer, Visitor visitor) {
        Instant now = desk.clock().instant();
        ForecastInput input = new ForecastInput(desk.configuration(), desk.ledger().reports(), now);
        return page(
                200,
                "forecast",
                frame("Forecast of " + customer, "forecast", customer, visitor),
                ForecastPage.of(input.of(desk.configuration().customers().get(customer)), now));
    }

    private Reply action(Ask ask, List<String> path, Visitor visitor) {
        access.requireOwnPage(ask, visitor);
        if (path.equals(List.of("logout")) && access.hasUsers()) {
            return Reply.to("/login").with("Set-Cookie", access.logout(ask));
        }
        if (path.size() == 3 && path.get(0).equals("customers") && path.get(2).equals("retry")) {
            String customer = visitor.require(path.get(1));
            String code = ask.form().getOrDefault("code", "");
            DeadSelection selection =
                    new DeadSelection(null, null, code.isEmpty() ? null : code, null, null);
            int again = desk.ledger()
                    .retry(customer, selection, desk.clock().instant())
                    .join();
            LOG.info("{} made {} of customer {} due again", visitor.name() == null ? "The console" : visitor.name(),
                    Words.count(again, "item"), customer);
            return Reply.to("/customers/" + customer + "/failures?again=" + again);
        }
        throw Refusal.notFound("There is no such page.");
    }

    private Reply problem(int status, String sentence) {
        return page(status, "problem", frame("Not done", "", null, null), new ProblemPage(status, sentence));
    }

    private static Frame frame(String title, String section, String customer, Visitor visitor) {
        return visitor == null
                ? new Frame(title, section, null, List.of(), null, "")
                : new Frame(title, section, customer, visitor.customers(), visitor.name(), visitor.token());
    }

    private Reply page(int status, String template, Frame frame, Object page) {
        StringOutput html = new StringOutput();
        templates.render(template + ".jte", Map.of("frame", frame, "page", page), html);
        return Reply.page(status, html.toString());
    }
}
