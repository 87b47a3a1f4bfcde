// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that was configured, checked, with secrets still unresolved. Paths are absolute.
 *
 * @param file the file it was read from
 * @param home directory of the ledger, the spool and the lock; it may not exist yet
 * @param routes directory of the routes
 * @param spoolMax how much may lie in the spool, in bytes; null for half of what is free
 * @param consoleHost the address the console listens on
 * @param consolePort 0 when there is to be no console
 * @param observeToken what metrics are shown for; null when none is set
 * @param traces where traces go; null when none are made
 * @param log how the log is written
 * @param consoleUsers who may use the console; empty when it asks nobody
 * @param customers by id, in the order of the file
 * @param targets by name, in the order of the file; also those no customer uses
 * @param providers by name: all that the routes directory declares
 * @param gates by {@code <provider>.<group>}: one for every declared group
 * @param alarms who is told of what, and when
 * @param others the entries under prefixes that are not ours, as written: Camel's and the operator's
 * @param warnings one line each: what works but should be otherwise
 * @param placeholders what the file's placeholders mean
 */
public record Configuration(
        Path file,
        Path home,
        Path routes,
        LedgerUrl ledger,
        Long spoolMax,
        String consoleHost,
        int consolePort,
        Secret observeToken,
        Traces traces,
        Log log,
        List<ConsoleUser> consoleUsers,
        Map<String, CustomerSettings> customers,
        Map<String, TargetSettings> targets,
        Map<String, ProviderDeclaration> providers,
        Map<String, GateSettings> gates,
        AlarmSettings alarms,
        Map<String, String> others,
        List<String> warnings,
        Placeholders placeholders) {

    public Configuration {
        consoleUsers = List.copyOf(consoleUsers);
        customers = Collections.unmodifiableMap(new LinkedHashMap<>(customers));
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
        gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
        warnings = List.copyOf(warnings);
    }

    /**
     * How the log is written.
     *
     * @param isJson one object a line
     * @param isMasked without telephone numbers
     */
    public record Log(boolean isJson, boolean isMasked) {

        /** Whether it is written as it is shipped. */
        public boolean isPlain() {
            return !isJson && !isMasked;
        }
    }

    /**
     * Where traces go.
     *
     * @param endpoint the collector
     * @param share how many of all go there, in per cent, 1 to 100
     * @param token what it asks for; null for nothing
     */
    public record Traces(URI endpoint, int share, Secret token) {}

    /** The same with its routes at another place. */
    public Configuration withRoutes(Path directory) {
        return new Configuration(
                file,
                home,
                directory,
                ledger,
                spoolMax,
                consoleHost,
                consolePort,
                observeToken,
                traces,
                log,
                consoleUsers,
                customers,
                targets,
                providers,
                gates,
                alarms,
                others,
                warnings,
                placeholders);
    }

    /** The targets of these customers, each once. */
    public List<TargetSettings> targetsOf(Collection<String> customerIds) {
        return customerIds.stream()
                .flatMap(id -> customers.get(id).targets().stream())
                .distinct()
                .map(targets::get)
                .toList();
    }

    /** Null when the provider declares no such group. */
    public GateSettings gate(String provider, String group) {
        return gates.get(provider + "." + group);
    }

    /** The provider of a customer. */
    public ProviderDeclaration providerOf(CustomerSettings customer) {
        return providers.get(customer.provider());
    }

    /** The secrets of these customers and of the targets they use, resolved with {@link #placeholders}. */
    public Secrets resolveSecrets(Collection<String> customerIds) {
        return resolveSecrets(customerIds, placeholders);
    }

    /** The secrets of these customers and of the targets they use; what is missing is told in the answer. */
    public Secrets resolveSecrets(Collection<String> customerIds, Placeholders with) {
        return Secrets.resolve(this, customerIds, with);
    }

    /** The secrets of the targets that these customers use, and no others. */
    public Secrets resolveTargetSecrets(Collection<String> customerIds) {
        return Secrets.ofTargets(this, customerIds, placeholders);
    }

    /** The secrets of the alarms of these customers and of the installation. */
    public Secrets resolveAlarmSecrets(Collection<String> customerIds) {
        return Secrets.ofAlarms(this, customerIds, placeholders);
    }

    /**
     * What metrics are shown for; null when none is set.
     *
     * @throws StopAllException (CONFIGURATION) when it is set and not there
     */
    public String resolveObserveToken() {
        return resolve("callvault.observe.token", observeToken);
    }

    /**
     * What the collector of traces asks for; null when none is set.
     *
     * @throws StopAllException (CONFIGURATION) when it is set and not there
     */
    public String resolveTracesToken() {
        return traces == null ? null : resolve("callvault.traces.token", traces.token());
    }

    private String resolve(String key, Secret secret) {
        if (secret == null) {
            return null;
        }
        String problem = "what it refers to is empty";
        try {
            String value = placeholders.resolve(secret.raw()).strip();
            if (!value.isEmpty()) {
                return value;
            }
        } catch (Placeholders.MissingException e) {
            problem = e.getMessage();
        }
        throw new StopAllException(ErrorCode.CONFIGURATION, Problems.line(key, Problems.MASK, problem));
    }

    /** Shows no value of the file: a literal secret may be among them. */
    @Override
    public String toString() {
        return "Configuration[file=" + file + ", customers=" + customers.keySet() + ", targets=" + targets.keySet() + "]";
    }
}
