// SPDX-License-Identifier: Apache-2.0
package io.callvault;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.callvault.cli.Callvault;
import io.callvault.flow.Archive;
import io.callvault.flow.Progress;
import io.callvault.flow.Relist;
import io.callvault.store.RouteStore;
import io.callvault.store.StoreStep;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which room may know which, and what no room may do. */
class RoomsTest {

    private static final String HOUSE = "io.callvault";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HOUSE);

    /** Each room and the rooms it may import. A provider's and a store kind's own room stand in the tests below. */
    private static final Map<String, List<String>> MAY_IMPORT = new TreeMap<>(Map.ofEntries(
            Map.entry("model", List.of()),
            Map.entry("error", List.of("model")),
            Map.entry("exchange", List.of("model")),
            Map.entry("json", List.of()),
            Map.entry("config", List.of("model", "error")),
            Map.entry("ledger", List.of("model", "error")),
            Map.entry("gate", List.of("error")),
            Map.entry("spool", List.of("model", "error", "json")),
            Map.entry("provider", List.of("model", "error", "gate", "exchange", "json")),
            Map.entry("store", List.of("model", "error", "exchange")),
            Map.entry("journal", List.of("model", "error", "json", "ledger", "spool", "store")),
            Map.entry(
                    "flow",
                    List.of(
                            "model", "error", "exchange", "json", "ledger", "gate", "spool", "provider", "store",
                            "journal")),
            Map.entry(
                    "engine",
                    List.of(
                            "model", "error", "exchange", "json", "config", "ledger", "gate", "spool", "provider",
                            "store", "journal", "flow", "rebuild", "release", "alarm", "console", "observe")),
            Map.entry("alarm", List.of("model", "error", "json", "config", "ledger")),
            Map.entry("setup", List.of("config", "error")),
            Map.entry("log", List.of("json")),
            Map.entry("audit", List.of("model", "error", "json", "config", "ledger", "spool", "store")),
            Map.entry("rebuild", List.of("model", "error", "json", "ledger", "spool", "store", "audit")),
            Map.entry("release", List.of("model", "error", "config", "ledger", "spool", "store", "audit")),
            Map.entry("forecast", List.of("config", "ledger")),
            Map.entry("console", List.of("model", "error", "json", "config", "ledger", "store", "forecast")),
            Map.entry("observe", List.of("ledger")),
            Map.entry(
                    "cli",
                    List.of(
                            "model", "error", "json", "config", "ledger", "flow", "engine", "audit", "rebuild", "release", "forecast",
                            "log", "sandbox", "setup")),
            Map.entry("sandbox", List.of())));

    /** Rooms in which Camel does not exist. */
    private static final String[] WITHOUT_CAMEL = {
        HOUSE + ".model..",
        HOUSE + ".error..",
        HOUSE + ".exchange..",
        HOUSE + ".json..",
        HOUSE + ".ledger..",
        HOUSE + ".gate..",
        HOUSE + ".spool..",
        HOUSE + ".journal..",
        HOUSE + ".alarm..",
        HOUSE + ".audit..",
        HOUSE + ".rebuild..",
        HOUSE + ".release..",
        HOUSE + ".forecast..",
        HOUSE + ".log..",
        HOUSE + ".console..",
        HOUSE + ".observe..",
        HOUSE + ".sandbox..",
        HOUSE + ".setup..",
        HOUSE + ".cli.."
    };

    static Set<String> rooms() {
        return MAY_IMPORT.keySet();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void a_room_knows_only_those_it_may(String room) {
        String[] known = MAY_IMPORT.get(room).stream()
                .map(other -> HOUSE + "." + other)
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(HOUSE + "." + room)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(HOUSE + "..")
                        .or(resideInAPackage(HOUSE + "." + room))
                        .or(resideInAnyPackage(known)))
                .check(MAIN);
    }

    @Test
    void a_new_room_is_entered_in_the_table() {
        Set<String> rooms = new TreeSet<>();
        for (JavaClass each : MAIN) {
            String rest = each.getPackageName().substring(HOUSE.length());
            if (!rest.isEmpty()) {
                rooms.add(rest.split("\\.")[1]);
            }
        }
        assertThat(rooms).isEqualTo(rooms());
    }

    @Test
    void main_knows_only_the_command_line() {
        classes()
                .that()
                .resideInAPackage(HOUSE)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(HOUSE + "..")
                        .or(resideInAPackage(HOUSE))
                        .or(are(equivalentTo(Callvault.class))))
                .check(MAIN);
    }

    @Test
    void a_provider_knows_its_contract_and_no_other_provider() {
        for (String own : below(".provider.")) {
            classes()
                    .that()
                    .resideInAPackage(own + "..")
                    .should()
                    .onlyDependOnClassesThat(resideOutsideOfPackage(HOUSE + "..")
                            .or(resideInAPackage(own + ".."))
                            .or(resideInAnyPackage(
                                    HOUSE + ".provider",
                                    HOUSE + ".model",
                                    HOUSE + ".error",
                                    HOUSE + ".gate",
                                    HOUSE + ".exchange",
                                    HOUSE + ".json")))
                    .check(MAIN);
        }
    }

    @Test
    void a_kind_of_store_knows_its_contract_and_no_other_kind() {
        for (String own : below(".store.")) {
            classes()
                    .that()
                    .resideInAPackage(own + "..")
                    .should()
                    .onlyDependOnClassesThat(resideOutsideOfPackage(HOUSE + "..")
                            .or(resideInAPackage(own + ".."))
                            .or(resideInAnyPackage(
                                    HOUSE + ".store", HOUSE + ".model", HOUSE + ".error", HOUSE + ".exchange")))
                    .check(MAIN);
        }
    }

    /** Routes name them, by the files of their folders; a name in Java would be a list to edit. */
    @Test
    void nobody_names_a_provider_or_a_kind_of_store_but_themselves() {
        noClasses()
                .that()
                .resideOutsideOfPackages(HOUSE + ".provider.*..", HOUSE + ".store.*..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HOUSE + ".provider.*..", HOUSE + ".store.*..")
                .check(MAIN);
    }

    @Test
    void the_sandbox_is_known_only_by_the_demo() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HOUSE + ".sandbox..")
                .and()
                .doNotHaveFullyQualifiedName(HOUSE + ".cli.DemoCommand")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(HOUSE + ".sandbox..")
                .check(MAIN);
    }

    @Test
    void the_command_line_sees_only_what_a_pass_came_to() {
        classes()
                .that()
                .resideInAPackage(HOUSE + ".cli..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(HOUSE + ".flow..")
                        .or(are(equivalentTo(Archive.class)))
                        .or(are(equivalentTo(Archive.Outcome.class)))
                        .or(are(equivalentTo(Progress.class)))
                        .or(are(equivalentTo(Relist.class)))
                        .or(are(equivalentTo(Relist.Result.class)))
                        .or(are(equivalentTo(Relist.Missing.class)))
                        .or(are(equivalentTo(Relist.Missing.Kind.class))))
                .check(MAIN);
    }

    @Test
    void there_are_no_cycles() {
        slices().matching(HOUSE + ".(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void camel_is_known_only_where_routes_meet_java() {
        noClasses()
                .that()
                .resideInAnyPackage(WITHOUT_CAMEL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(MAIN);
        noClasses()
                .that()
                .resideInAPackage(HOUSE + ".config..")
                .and()
                .haveNameNotMatching(".*\\.CamelPlaceholders(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(MAIN);
    }

    @Test
    void an_exchange_is_seen_only_by_flow_engine_and_the_two_ends_of_a_store() {
        noClasses()
                .that()
                .resideOutsideOfPackages(HOUSE + ".flow..", HOUSE + ".engine..")
                .and(are(not(StoreStep.class)))
                .and(are(not(RouteStore.class)))
                .should()
                .dependOnClassesThat(are(assignableTo(Exchange.class)))
                .check(MAIN);
    }

    @Test
    void no_class_is_named_after_nothing() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Impl|Processor|Util[A-Za-z]*)$")
                .check(MAIN);
    }

    /**
     * Time comes from a clock that is passed in. The command line makes it; Ledgers needs one for a ledger that is only
     * looked at and whose every write fails.
     */
    @Test
    void nobody_asks_the_machine_for_the_time() {
        DescribedPredicate<JavaMethodCall> asksTheMachine = DescribedPredicate.describe(
                "ask the machine for the time", call -> {
                    String owner = call.getTargetOwner().getFullName();
                    String name = call.getName();
                    boolean isNow = owner.startsWith("java.time.")
                            && name.equals("now")
                            && call.getTarget().getRawParameterTypes().isEmpty();
                    boolean isSystemClock = owner.equals("java.time.Clock")
                            && (name.startsWith("system") || name.startsWith("tick"));
                    boolean isMillis = owner.equals("java.lang.System") && name.equals("currentTimeMillis");
                    return isNow || isSystemClock || isMillis;
                });
        noClasses()
                .that()
                .resideOutsideOfPackage(HOUSE + ".cli..")
                .and()
                .doNotHaveFullyQualifiedName(HOUSE + ".ledger.Ledgers")
                .should()
                .callMethodWhere(asksTheMachine)
                .check(MAIN);
    }

    private static DescribedPredicate<JavaClass> not(Class<?> one) {
        return DescribedPredicate.not(equivalentTo(one));
    }

    /** Rooms within a room, as package names. */
    private static Set<String> below(String part) {
        Set<String> found = new TreeSet<>();
        for (JavaClass each : MAIN) {
            String name = each.getPackageName();
            int at = name.indexOf(HOUSE + part);
            if (at == 0) {
                String rest = name.substring((HOUSE + part).length());
                found.add(HOUSE + part + rest.split("\\.")[0]);
            }
        }
        assertThat(found).isNotEmpty();
        return found;
    }
}
