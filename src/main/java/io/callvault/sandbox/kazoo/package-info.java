// SPDX-License-Identifier: Apache-2.0
/**
 * A make-believe Kazoo on loopback: accounts below one another, with recordings, call detail records, voicemails and faxes in
 * monthly databases, behind Crossbar's REST API as its sources have it (4.3, read 2026-11), with its traps. What goes wrong is
 * switched on by the test. Knows nothing of the rest of Callvault.
 */
package io.callvault.sandbox.kazoo;
