// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.setup.Answers;
import io.callvault.setup.Draft;
import io.callvault.setup.DraftFiles;
import io.callvault.setup.Interview;
import io.callvault.setup.Judge;
import io.callvault.setup.Person;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "init",
        description = "Asks the few questions of a first customer and writes application.properties, checked. Without a"
                + " terminal, --answers and --set answer them; then nothing is asked, and what they leave out has its"
                + " default. Secrets go into files of their own or stay in the environment, never into"
                + " application.properties.")
final class InitCommand implements Callable<Integer> {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{env:([A-Za-z_][A-Za-z0-9_]*)}}");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "What is written; default: application.properties in this directory.")
    Path config = Path.of("application.properties");

    @Option(names = "--answers", paramLabel = "FILE", description = "Entries of the configuration: the answers.")
    Path answers;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One entry of the configuration; may be given again.")
    List<String> set = new ArrayList<>();

    @Option(names = "--replace", description = "Lets it take the place of a file that is there.")
    boolean isReplacing;

    @Option(names = "--check", description = "Runs callvault check afterwards, without being asked.")
    boolean isChecking;

    @Option(names = "--help", usageHelp = true, description = "Shows this and exits.")
    boolean help;

    @Spec
    CommandSpec spec;

    /** Where the shipped routes are; null when there are none. */
    String installation = System.getProperty("callvault.installation");

    /** Answers null when there is no terminal. */
    Supplier<Person> terminal = () -> ConsolePerson.atTerminal().orElse(null);

    @Override
    public Integer call() {
        Path file = config.toAbsolutePath().normalize();
        requirePlace(file);
        Map<String, String> given = given();
        boolean isAsking = answers == null && set.isEmpty();
        Person person = isAsking ? terminal.get() : null;
        if (isAsking && person == null) {
            throw wrong("There is no terminal to ask at; give the answers with --answers FILE or --set KEY=VALUE");
        }
        boolean replaces = replaces(file, person);
        if (isAsking) {
            person.say("callvault init: " + file);
        }
        ConfigurationReader reader = new ConfigurationReader(installation == null ? null : Path.of(installation));
        Judge judge = new Judge(reader, file);
        Draft draft = isAsking
                ? new Interview(new Draft(reader.declared(file, null)), judge, person).ask()
                : Answers.draft(reader.declared(file, given.get("callvault.routes")), given);
        List<String> problems = judge.problems(draft);
        if (!problems.isEmpty()) {
            throw wrong(String.join(System.lineSeparator(), problems));
        }
        List<Path> written = new DraftFiles(file).write(draft, replaces);
        conclude(written, reader.read(file));
        boolean checks = isChecking || person != null && isWanted(person);
        return checks ? check(file) : ExitCode.DONE;
    }

    /** Said before anybody answers questions for nothing. */
    private static void requirePlace(Path file) {
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw wrong(file + ": there is no directory " + directory + "; make it first");
        }
        if (!Files.isWritable(directory)) {
            throw wrong(file + ": the directory cannot be written to by " + System.getProperty("user.name"));
        }
        if (Files.isDirectory(file)) {
            throw wrong(file + ": is a directory; name the file to write");
        }
    }

    private Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        if (answers != null) {
            try {
                given.putAll(ConfigurationReader.entries(Files.readString(answers)));
            } catch (IOException e) {
                throw wrong("--answers " + answers + ": cannot be read as UTF-8 text ("
                        + e.getClass().getSimpleName() + ")");
            }
        }
        List<String> problems = new ArrayList<>();
        for (String entry : set) {
            int at = entry.indexOf('=');
            if (at < 1) {
                problems.add("--set " + Clean.line(entry) + ": must be KEY=VALUE, such as target.nas.kind=file");
            } else {
                given.put(entry.substring(0, at).strip(), entry.substring(at + 1).strip());
            }
        }
        if (!problems.isEmpty()) {
            throw wrong(String.join(System.lineSeparator(), problems));
        }
        return given;
    }

    /** Whether a file that is there may be replaced; one that must not is the end. */
    private boolean replaces(Path file, Person person) {
        if (!Files.exists(file) || isReplacing) {
            return isReplacing;
        }
        if (person == null) {
            throw wrong(file + ": is there already; --replace writes over it, --config names another one");
        }
        String answer = person.ask(file + " is there already. Replace it, once everything is answered? [no]: ");
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
            throw wrong("nothing was changed; --config FILE names another one to write");
        }
        return true;
    }

    private void conclude(List<Path> written, Configuration configuration) {
        PrintWriter out = spec.commandLine().getOut();
        written.stream().filter(Files::isRegularFile).forEach(path -> out.println("written: " + path));
        configuration.warnings().forEach(warning -> out.println("note: " + warning));
        TreeSet<String> variables = new TreeSet<>();
        try {
            Matcher matcher = VARIABLE.matcher(Files.readString(configuration.file()));
            while (matcher.find()) {
                if (System.getenv(matcher.group(1)) == null) {
                    variables.add(matcher.group(1));
                }
            }
        } catch (IOException e) {
            throw wrong(configuration.file() + ": was written and cannot be read: " + e);
        }
        if (!variables.isEmpty()) {
            out.println("Set these environment variables before it is used: " + String.join(", ", variables));
        }
        String program = DemoCommand.command(installation);
        out.println("Then: " + program + " check, " + program + " archive, " + program + " run"
                + (config.equals(Path.of("application.properties")) ? "" : ", each with --config " + config));
        out.flush();
    }

    private static boolean isWanted(Person person) {
        String answer = person.ask("Try it now, with callvault check? [yes]: ");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("|y|yes");
    }

    private int check(Path file) {
        CommandLine parent = spec.commandLine().getParent();
        return parent.getSubcommands().get("check").execute("--config", file.toString());
    }

    private static StopAllException wrong(String message) {
        return new StopAllException(ErrorCode.CONFIGURATION, message);
    }
}
