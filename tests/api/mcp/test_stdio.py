"""`dragoman mcp`, asked by the SDK's client over standard input and output."""

import asyncio
import json
import sys

from mcp import Client, StdioServerParameters, stdio_client


def test_a_chatbot_starts_the_command_and_has_an_answer_with_its_source(talks):
    arguments = ["-m", "dragoman.api", "mcp", "--archive", str(talks.folder)]
    started = StdioServerParameters(command=sys.executable, args=arguments)

    async def converse():
        async with Client(stdio_client(started)) as client:
            assert client.server_info.name == "dragoman"
            asked = {"question": "Who led the Ukrainian delegation in Istanbul?"}
            answered = await client.call_tool("ask", asked)
            history = [
                {"role": "user", "content": "Who led Russia's delegation in Istanbul?"},
                {"role": "assistant", "content": "Vladimir Medinsky led it. [1]"},
            ]
            follow_up = {"question": "And Ukraine's?", "history": history}
            return answered, await client.call_tool("ask", follow_up)

    answered, followed = asyncio.run(converse())
    message = answered.structured_content
    assert [json.loads(part.text) for part in answered.content] == [message]
    assert message["status"] == "answered"
    assert "Arakhamia" in message["answer"]
    cited = message["citations"][0]
    article = talks.article(cited["article"]["id"])
    assert cited["quote"] in article.text
    # Without a service, an article without an address of its own is a resource of this server.
    assert cited["article"]["url"] == f"dragoman://articles/{article.id}"
    assert "Ukraine" in followed.structured_content["question_understood"]


def test_a_folder_that_is_no_archive_is_told_at_once(command, tmp_path):
    ran = command("mcp", "--archive", tmp_path / "none")
    assert ran.returncode == 1
    assert "none" in ran.stderr
    assert ran.stdout == ""
