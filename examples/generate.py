"""Writes ticket dialogues for the fine-tune."""
import json

from openai import OpenAI

MODEL = "gpt-4o"
TOPICS = ["a refund", "a late parcel", "a lost password"]


def write_dialogues(path="data/tickets.jsonl"):
    client = OpenAI()
    with open(path, "w") as out:
        for topic in TOPICS:
            answer = client.chat.completions.create(
                model=MODEL,
                messages=[{"role": "user", "content": f"Write a support dialogue about {topic}."}],
            )
            out.write(json.dumps({"text": answer.choices[0].message.content}) + "\n")


if __name__ == "__main__":
    write_dialogues()
