import type { Command } from "commander";
import { connect } from "../api/connect.ts";
import { fetchPublicConfig } from "../api/public-config.ts";
import { forgetSession, readSession, writeSession } from "../api/session-store.ts";
import { expiryOf, revoke, signIn } from "../api/user-pool.ts";
import { addCommand, type Cli } from "../cli.ts";
import { ask } from "../terminal/prompt.ts";

const localAddress = "http://127.0.0.1:4400";

export function addLogin(program: Command, cli: Cli): void {
  const { output, signal } = cli;
  addCommand(program, cli, "login [address]", "command-login")
    .option("--email <address>", output.text("option-email"))
    .addHelpText("after", `\n${output.text("help-environment")}`)
    .action(async (address: string | undefined, options: { readonly email?: string }) => {
      const before = await readSession();
      const config = await fetchPublicConfig(
        address ?? process.env.SYSTEMHEALER_URL ?? before?.apiUrl ?? localAddress,
        signal,
      );
      const email =
        options.email ??
        process.env.SYSTEMHEALER_EMAIL ??
        (await ask(output.text("ask-email"), { secret: false, variable: "SYSTEMHEALER_EMAIL", signal }));
      const password =
        process.env.SYSTEMHEALER_PASSWORD ??
        (await ask(output.text("ask-password"), { secret: true, variable: "SYSTEMHEALER_PASSWORD", signal }));
      const tokens = await signIn(
        config,
        email,
        password,
        async () =>
          process.env.SYSTEMHEALER_NEW_PASSWORD ??
          (await ask(output.text("ask-new-password"), { secret: true, variable: "SYSTEMHEALER_NEW_PASSWORD", signal })),
      );
      await writeSession({ schema: "session.v1", ...config, email, ...tokens });
      const { client } = await connect(output.language);
      const session = await client.call("getSession", {}, { signal });
      const { workspaceId, role } = session;
      output.result({ apiUrl: config.apiUrl, email, workspaceId, role }, [
        output.text("signed-in", { email, workspace: workspaceId, role }),
      ]);
    });

  addCommand(program, cli, "token", "command-token").action(async () => {
    const { token } = await connect(output.language);
    const idToken = await token();
    output.result({ idToken, expiresAt: new Date(expiryOf(idToken) * 1000).toISOString() }, [idToken]);
  });

  addCommand(program, cli, "logout", "command-logout").action(async () => {
    const session = await readSession();
    await forgetSession();
    if (session) await revoke(session, session.refreshToken).catch(() => output.note("not-revoked"));
    output.result({ signedOut: session !== undefined }, [output.text(session ? "signed-out" : "was-not-signed-in")]);
  });
}
