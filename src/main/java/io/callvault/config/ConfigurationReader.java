// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads a configuration file; what is wrong in it is told all at once. */
public final class ConfigurationReader {

    /** What a customer's {@code path} may contain between braces. */
    public static final List<String> PATH_PLACEHOLDERS = List.of(
            "customer",
            "provider",
            "feed",
            "date",
            "year",
            "month",
            "day",
            "time",
            "direction",
            "from",
            "to",
            "from-name",
            "to-name",
            "extension",
            "kind",
            "id",
            "record-id",
            "ext");

    private static final List<String> PREFIXES = List.of("callvault", "customer", "target", "gate", "alarm");

    private final Path installation;
    private final Collection<String> pathPlaceholders;
    private final Placeholders placeholders;

    /** @param installation the directory with the shipped {@code routes}; null when there is none */
    public ConfigurationReader(Path installation) {
        this(installation, PATH_PLACEHOLDERS, null);
    }

    /** @param placeholders what placeholders mean; null for Camel's meaning */
    public ConfigurationReader(Path installation, Collection<String> pathPlaceholders, Placeholders placeholders) {
        this.installation = installation;
        this.pathPlaceholders = List.copyOf(pathPlaceholders);
        this.placeholders = placeholders;
    }

    /** @throws StopAllException (CONFIGURATION) whose message lists every problem, one a line */
    public Configuration read(Path file) {
        return read(PropertiesFile.read(file));
    }

    /** The same for a text that stands in no file; {@code file} says where relative paths start. */
    public Configuration read(Path file, String text) {
        return read(PropertiesFile.of(file.toAbsolutePath().normalize(), text));
    }

    /** What {@link #read(Path, String)} would refuse about a text, one line each and each beginning with its key. */
    public List<String> problems(Path file, String text) {
        try {
            read(file, text);
            return List.of();
        } catch (StopAllException e) {
            return e.getMessage().lines().toList();
        }
    }

    /**
     * What a file at that place could configure, whether it is there or not.
     *
     * @param routesKey what it says, or will say, under {@code callvault.routes}; null when nothing
     * @throws StopAllException (CONFIGURATION) when there are no routes, or when something in them is declared wrong
     */
    public Declared declared(Path file, String routesKey) {
        Path directory = file.toAbsolutePath().normalize().getParent();
        Path routes = routes(routesKey == null ? null : directory.resolve(routesKey), directory);
        Problems problems = new Problems();
        if (!Files.isDirectory(routes)) {
            problems.add("callvault.routes", null, "there is no directory " + routes);
        }
        Declarations declarations = new Declarations(routes, problems);
        Map<String, TargetKind> kinds = new LinkedHashMap<>();
        declarations.kinds().forEach(kind -> declarations.kind(kind).ifPresent(found -> kinds.put(kind, found)));
        stop(problems);
        return new Declared(declarations.providers(), kinds);
    }

    /**
     * The directory of routes that a text at that place means, whether it is there or not.
     *
     * @return null when what the text says cannot be resolved
     */
    public Path routes(Path file, String text) {
        PropertiesFile properties = PropertiesFile.of(file.toAbsolutePath().normalize(), text);
        String set = properties.entries().get("callvault.routes");
        if (set == null) {
            return routes(null, properties.directory());
        }
        try (CamelPlaceholders camel = new CamelPlaceholders(properties.entries(), properties.directory())) {
            Placeholders with = placeholders == null ? camel : placeholders;
            return (Path) ValueType.PATH.parse(with.resolve(set), properties.directory());
        } catch (Placeholders.MissingException | IllegalArgumentException e) {
            return null;
        }
    }

    /** The entries of a properties text as they are written, in their order; of a key set twice the last. */
    public static Map<String, String> entries(String text) {
        return PropertiesFile.of(null, text).entries();
    }

    /** Whether a customer or a target may be called so. */
    public static boolean isName(String text) {
        return Blocks.isName(text);
    }

    private Configuration read(PropertiesFile file) {
        Problems problems = new Problems();
        Placeholders with =
                placeholders == null ? new CamelPlaceholders(file.entries(), file.directory()) : placeholders;
        Section.Reading reading = new Section.Reading(file.directory(), with, problems);
        checkLines(file, problems);

        Section callvault = new Section(
                "callvault.", ConsoleReader.withoutUsers(Blocks.under("callvault.", file.entries())), reading);
        callvault.refuseUnknown(Keys.CALLVAULT);
        Values own = callvault.read(Keys.CALLVAULT);
        Path home = Optional.ofNullable(own.path("home")).orElse(file.directory());
        Path routes = routes(own.path("routes"), file.directory());

        if (!Files.isDirectory(routes)) {
            callvault.problem("routes", "there is no directory " + routes);
            stop(problems);
        }
        Declarations declarations = new Declarations(routes, problems);
        Map<String, Map<String, String>> targetBlocks = Blocks.named("target", file.entries(), problems);
        Map<String, TargetSettings> targets = targets(new TargetReader(declarations), targetBlocks, reading);
        Map<String, CustomerSettings> customers = customers(
                new CustomerReader(declarations, targetBlocks.keySet(), pathPlaceholders), file, reading);
        Map<String, GateSettings> gates =
                new GateReader(declarations).read(Blocks.under("gate.", file.entries()), reading);
        AlarmSettings alarms = new AlarmReader(reading).read(file.entries(), customers.keySet());
        List<ConsoleUser> users = ConsoleReader.users(
                file.entries(), Blocks.named("customer", file.entries(), new Problems()).keySet(), reading);
        ConsoleReader.check(own, users, callvault);
        warnOfUnused(targetBlocks.keySet(), customers.values(), problems);
        Map<String, String> others = others(file.entries(), problems);
        stop(problems);
        return new Configuration(
                file.file(),
                home,
                routes,
                Optional.ofNullable(own.value("ledger", LedgerUrl.class))
                        .orElseGet(() -> LedgerUrl.parse("jdbc:sqlite:" + home.resolve("ledger.db"), home)),
                own.value("spool.max", Long.class),
                own.text("console.host"),
                own.number("console.port").intValue(),
                own.secret("observe.token"),
                traces(own),
                new Configuration.Log("json".equals(own.text("log.format")), own.flag("log.mask-numbers")),
                users,
                customers,
                targets,
                declarations.providers(),
                gates,
                alarms,
                others,
                problems.warnings(),
                with);
    }

    private static Configuration.Traces traces(Values own) {
        URI endpoint = own.value("traces.endpoint", URI.class);
        return endpoint == null
                ? null
                : new Configuration.Traces(endpoint, own.number("traces.share").intValue(), own.secret("traces.token"));
    }

    /** @throws StopAllException (CONFIGURATION) when anything is wrong */
    private static void stop(Problems problems) {
        if (!problems.problems().isEmpty()) {
            throw new StopAllException(
                    ErrorCode.CONFIGURATION, String.join(System.lineSeparator(), problems.problems()));
        }
    }

    private static Map<String, TargetSettings> targets(
            TargetReader reader, Map<String, Map<String, String>> blocks, Section.Reading reading) {
        Map<String, TargetSettings> targets = new LinkedHashMap<>();
        blocks.forEach((name, block) -> reader.read(name, new Section("target." + name + ".", block, reading))
                .ifPresent(target -> targets.put(name, target)));
        return targets;
    }

    private static void checkLines(PropertiesFile file, Problems problems) {
        for (int line : file.unreadable()) {
            problems.add(file.file().getFileName() + ", line " + line, null, "has a broken \\u escape; write \\\\ for a backslash");
        }
        file.duplicates().forEach((key, lines) -> {
            if (isOurs(key)) {
                problems.add(key, null, "is set in the lines " + lines.toString().replaceAll("[\\[\\]]", "") + "; keep one");
            }
        });
    }

    /** @param set what {@code callvault.routes} says; null when it is not set */
    private Path routes(Path set, Path directory) {
        Path beside = directory.resolve("routes");
        if (set != null) {
            return set;
        }
        return Files.isDirectory(beside) || installation == null
                ? beside
                : installation.toAbsolutePath().normalize().resolve("routes");
    }

    private static Map<String, CustomerSettings> customers(
            CustomerReader reader, PropertiesFile file, Section.Reading reading) {
        Map<String, CustomerSettings> customers = new LinkedHashMap<>();
        Map<String, Section> sections = new LinkedHashMap<>();
        Blocks.named("customer", file.entries(), reading.problems()).forEach((id, block) -> {
            Section section = new Section("customer." + id + ".", block, reading);
            sections.put(id, section);
            reader.read(id, section).ifPresent(customer -> customers.put(id, customer));
        });
        customers.forEach((id, customer) -> reader.checkPath(customer, customers.values(), sections.get(id)));
        return customers;
    }

    private static void warnOfUnused(
            Set<String> targets, Collection<CustomerSettings> customers, Problems problems) {
        Set<String> unused = new TreeSet<>(targets);
        customers.forEach(customer -> customer.targets().forEach(unused::remove));
        unused.forEach(name -> problems.warn("target." + name, null, "no customer stores there"));
    }

    private static boolean isOurs(String key) {
        return PREFIXES.stream().anyMatch(prefix -> key.startsWith(prefix + "."));
    }

    private static Map<String, String> others(Map<String, String> entries, Problems problems) {
        Map<String, String> others = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (!isOurs(key)) {
                others.put(key, value);
                String first = key.split("\\.", 2)[0];
                PREFIXES.stream()
                        .filter(prefix -> Nearest.distance(first, prefix) <= 1)
                        .findFirst()
                        .ifPresent(prefix -> problems.warn(
                                key,
                                Problems.MASK,
                                "Callvault does not read this key; did you mean " + prefix
                                        + key.substring(first.length()) + "?"));
            }
        });
        return others;
    }
}
