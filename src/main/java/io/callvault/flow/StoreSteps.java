// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.exchange.Variables;
import io.callvault.ledger.DueReceipt;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Plan;
import io.callvault.model.Receipt;
import io.callvault.spool.Spool;
import io.callvault.spool.SpoolFile;
import io.callvault.store.ObjectPath;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Variable;

/** The storing route's own steps: what is put, under which name, and what is remembered of it. */
public final class StoreSteps {

    private static final String SIDECAR_TYPE = "application/json";

    private final Ledger ledger;
    private final Spool spool;

    public StoreSteps(Ledger ledger, Spool spool) {
        this.ledger = ledger;
        this.spool = spool;
    }

    /** The item's binary, as it was fixed; whatever the operators' step left in the body is not it. */
    public File binary(
            @Variable(Variables.RECEIPT) DueReceipt receipt,
            @org.apache.camel.Variables Map<String, Object> variables) {
        Plan plan = receipt.plan();
        variables.put(Variables.OPERATION, "put");
        variables.put(Variables.PATH, plan.path());
        variables.put(Variables.LENGTH, plan.length());
        variables.put(Variables.SHA256, plan.sha256());
        variables.put(Variables.CONTENT_TYPE, plan.type());
        variables.put(Variables.IS_FOLLOWED, true); // by its sidecar; the proof of both is kept after that
        return spool.file(receipt.item().customer(), plan.spool()).toFile();
    }

    /** Remembers the binary's proof; then the record's raw JSON, beside the binary. */
    public File sidecar(
            @Variable(Variables.RECEIPT) DueReceipt receipt,
            @Variable(Variables.LOCATION) String location,
            @Variable(Variables.CHECKSUM) String checksum,
            @org.apache.camel.Variables Map<String, Object> variables) {
        Plan plan = receipt.plan();
        variables.put(Variables.PROOF, new Receipt(location, plan.length(), plan.sha256(), checksum));
        String customer = receipt.item().customer();
        String json = receipt.raw() != null
                ? receipt.raw()
                : ledger.raw(customer, receipt.feed(), receipt.recordId(), receipt.revision());
        byte[] raw = json.getBytes(StandardCharsets.UTF_8);
        Path file = spool.write(customer, sidecarName(receipt), raw);
        variables.put(Variables.OPERATION, "put");
        variables.put(Variables.PATH, ObjectPath.sidecar(plan.path()));
        variables.put(Variables.LENGTH, (long) raw.length);
        variables.put(Variables.SHA256, SpoolFile.sha256(raw));
        variables.put(Variables.CONTENT_TYPE, SIDECAR_TYPE);
        // Each target has a sidecar file of its own, so any of them may keep it.
        variables.put(Variables.MAY_SHARE, true);
        variables.put(Variables.IS_FOLLOWED, false);
        return file.toFile();
    }

    /** Name of a target's sidecar in the spool. */
    static String sidecarName(DueReceipt receipt) {
        return receipt.plan().spool() + "." + receipt.target() + ".json";
    }
}
